"""The words of every objection of this part."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "already_announced": _("The round is already shown to the public."),
    "category_twice": _("The category code “%(code)s” is used twice."),
    "category_unknown": _("The round has no category “%(code)s”."),
    "code_malformed": _(
        "“%(code)s” can't be the code: use Latin letters, digits and hyphens with at least one digit, "
        "for example KPRU-2564."
    ),
    "code_taken": _("Another round already has the code “%(code)s”."),
    "district_unknown": _("There is no district with the code “%(code)s”."),
    "duty_ended_already": _("This duty has already ended."),
    "duty_held_already": _("“%(account)s” already has this duty."),
    "emblem_broken": _("The picture is damaged. Save it anew as PNG or JPEG and choose it again."),
    "emblem_not_picture": _("The emblem must be a PNG or JPEG picture."),
    "emblem_too_large": _("The picture is larger than %(most)s kB. Choose a smaller one."),
    "emblem_too_many_pixels": _("The picture is wider or higher than %(most)s pixels. Choose a smaller one."),
    "institution_taken": _("Another institution already has the code “%(code)s”."),
    "last_office": _("This is the last person of the programme office. Give somebody else the duty first."),
    "leaders_out_of_range": _("A tambon has between 0 and %(most)s lecturers."),
    "months_out_of_range": _("A round lasts between 1 and %(most)s months, not %(months)s."),
    "name_missing": _("Write a Thai name."),
    "no_category": _("A round needs at least one category."),
    "no_slots": _("No tambon would have a single slot. Enter how many people each tambon may have."),
    "no_tambons": _("The round has no tambons yet. Add them before it is shown to the public."),
    "no_workstream": _("A round needs at least one workstream."),
    "not_announced": _("The round is not shown to the public."),
    "orientation_backwards": _("Orientation must end on or after the day it begins."),
    "orientation_half": _("Enter both the first and the last day of orientation, or neither."),
    "part_code_malformed": _("“%(code)s” can't be a code: use lower-case Latin letters, digits and hyphens."),
    "part_unnamed": _("Write a Thai name for “%(code)s”."),
    "position_outside": _("The position %(value)s of tambon %(code)s lies outside Thailand."),
    "quota_lowered": _(
        "%(category)s/%(workstream)s can't go down from %(now)s to %(wanted)s slots: "
        "people have already been hired on the strength of the present number."
    ),
    "quota_out_of_range": _(
        "%(category)s/%(workstream)s must be between 0 and %(most)s slots, not %(number)s."
    ),
    "quota_unknown": _("The round has no %(category)s/%(workstream)s."),
    "rate_negative": _("The monthly rate of %(category)s can't be below zero."),
    "rule_reason_missing": _("Write why the placement rule changes; it stays in the history."),
    "tambon_already_in_round": _("%(tambon)s already takes part in the round."),
    "tambon_in_use": _(
        "%(tambon)s can't leave the round: %(count)s records already refer to it "
        "(people who were hired, wished or placed there)."
    ),
    "tambon_not_in_round": _("The tambon with the code “%(code)s” does not take part in the round."),
    "tambon_unknown": _("There is no tambon with the code “%(code)s”."),
    "topic_twice": _("The code “%(code)s” is used twice."),
    "workstream_twice": _("The workstream code “%(code)s” is used twice."),
}
