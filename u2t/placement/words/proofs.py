"""What is said of published certificates."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "not_adopted": _("Plan %(number)s was not adopted, so there is nothing to certify."),
    "published_already": _("This certificate is public already."),
    "not_published": _("This certificate is not public."),
    "withdrawal_without_reason": _("Write why the certificate is withdrawn; everybody reads it."),
    "too_late_for_a_certificate": _(
        "Plan %(number)s was adopted before certificates were kept, and people, wishes or quotas have changed since. "
        "Its certificate can't be made any more; the next plan that is adopted will have one."
    ),
    "certificate_not_proved": _(
        "The stand-alone verifier does not find this certificate proved (%(reason)s), so it was not published. Tell "
        "whoever runs the system."
    ),
}
