"""The words of every objection of this part."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "already_in_round": _("%(agency)s already takes part in the round."),
    "contact_already": _("%(person)s already acts for %(agency)s."),
    "contact_ended": _("%(person)s no longer acts for this agency."),
    "district_elsewhere": _("The district “%(code)s” does not lie in this province."),
    "does_not_cover": _("%(agency)s does not serve %(tambon)s, so it can't receive its team."),
    "name_missing": _("Write the agency's name."),
    "name_taken": _("“%(name)s” is already registered in this province."),
    "no_part": _("%(agency)s takes part neither as host nor as data agency."),
    "not_host": _("%(agency)s is no host, so it serves no tambons."),
    "other_institution": _("%(agency)s is in the register of another institution."),
    "receives_uncovered": _("The agency can't receive the team of tambon %(code)s, which it does not serve."),
    "room_out_of_range": _("The room for data managers lies between 0 and %(most)s."),
    "room_without_data": _("Only a data agency has room for data managers."),
    "still_covers": _("The agency still serves %(count)s tambons of the round. Take these away first."),
    "takes_no_part": _("An agency takes part as host, as data agency, or as both."),
    "tambon_elsewhere": _("The tambon “%(code)s” does not lie in this district."),
    "tambon_not_in_round": _("The tambon with the code “%(code)s” does not take part in the round."),
    "unknown_kind": _("%(agency)s is of the kind “%(kind)s”, which is not in the list."),
}
