"""The words of every objection of this part, and of what a verification found."""

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "key_is_given": _(
        "The environment gives the key (U2T_SEAL_KEY). Give another one there; the old one is then retired by itself."
    ),
}

# State of a verification: shape, heading, and what it means.
SAID = {
    "ok": ("ok", _("Genuine and in force"), _("The signature holds, and the register has the same paper.")),
    "revoked": (
        "bad",
        _("Genuine, but revoked"),
        _("This paper was issued as it stands here, but is no longer in force."),
    ),
    "differs": (
        "bad",
        _("The register says something else"),
        _("The signature holds, but under this number the register has another paper. Ask the issuer."),
    ),
    "unlisted": (
        "warn",
        _("The signature holds"),
        _("The register here does not know this number. Ask the issuer."),
    ),
    "unreadable": (
        "bad",
        _("This is not a seal"),
        _("Something is missing or was changed. Scan the code once more, as a whole."),
    ),
    "unknown_key": (
        "warn",
        _("Sealed by somebody else"),
        _("The key of this seal is not one of ours. Verify it on the page of the institution that issued the paper."),
    ),
    "forged": (
        "bad",
        _("Not genuine"),
        _("The signature does not fit what the seal says: something was changed."),
    ),
    "after_retired": (
        "bad",
        _("Not genuine"),
        _("The paper is dated after its key was retired."),
    ),
    "offline": (
        "ok",
        _("The signature holds"),
        _("Checked on this device. Whether the paper was revoked later can only be seen online."),
    ),
}  # fmt: skip
