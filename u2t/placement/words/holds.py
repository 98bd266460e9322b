"""What is said of holds, shortages and comparisons."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "nobody_chosen": _("Choose at least one person."),
    "no_slot_to_hold": _("%(name)s has no slot, so there is nothing to pin. Give them a slot first."),
    "held_already": _("%(name)s is pinned already."),
    "not_held": _("%(name)s is not pinned."),
}
