"""What is said of holds, shortages and comparisons."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "nobody_chosen": _("Choose at least one person."),
    "no_slot_to_hold": _("%(name)s has no slot, so there is nothing to pin. Give them a slot first."),
    "held_already": _("%(name)s is pinned already."),
    "not_held": _("%(name)s is not pinned."),
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
