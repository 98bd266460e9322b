"""The words of passes, completion, certificates and skills."""

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "has_left": _("%(worker)s no longer works in this round."),
    "no_pass": _("%(worker)s has no pass in force."),
    "nobody_has_pass": _("Nobody of these has a pass yet. Issue the passes first."),
}
