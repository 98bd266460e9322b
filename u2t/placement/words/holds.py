"""What is said of holds, shortages and comparisons."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "nobody_chosen": _("Choose at least one person."),
    "no_slot_to_hold": _("%(name)s has no slot, so there is nothing to pin. Give them a slot first."),
    "held_already": _("%(name)s is pinned already."),
    "not_held": _("%(name)s is not pinned."),
    "discarded_already": _("Plan %(number)s was discarded."),
    # What has changed since a plan was computed.
    "changed_leavers": _("%(count)s people have left: %(people)s"),
    "changed_newcomers": _("%(count)s people are new: %(people)s"),
    "changed_category": _("%(count)s people were given another category: %(people)s"),
    "changed_home": _("%(count)s people have another home: %(people)s"),
    "changed_wishes": _("%(count)s people have other wishes: %(people)s"),
    "changed_skills": _("%(count)s people have other skills: %(people)s"),
    "changed_score": _("%(count)s people have another score: %(people)s"),
    "changed_fixed_tambon": _("For %(count)s people selection decided another tambon: %(people)s"),
    "changed_pin": _("%(count)s people were moved by hand, pinned or released: %(people)s"),
    "changed_offices": _("%(count)s data agencies came, went, or changed room or place: %(people)s"),
    "changed_lecturers": _("%(count)s lecturers came, went, or changed expertise or base: %(people)s"),
    "changed_leads": _("%(count)s PM posts were changed by hand, pinned or released."),
    "changed_seats": _("The number of slots changed in %(count)s places."),
    "changed_rule": _("The placement rule was changed."),
    "changed_names": _("The round's skills, dimensions or lines of work were changed."),
    # What would help where something is short.
    "remedy_call": _("Open a further call, or call reserves: %(count)s more people are needed."),
    "remedy_farther": _(
        "Let people be sent up to %(km)s km instead of %(most)s km: %(people)s more people would come into reach."
    ),
    "remedy_quota": _("Give slots to a category that has too many people."),
    "remedy_release": _("Release some of the %(count)s pinned people of this category."),
    "remedy_more_slots": _("Give the category more slots, or keep them as reserves."),
    "remedy_limit": _("Compare with a rule that lets people be sent farther."),
}
