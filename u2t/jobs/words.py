from django.utils.translation import gettext_lazy as _

WORDS = {
    "broke": _(
        "Something unexpected happened while working (job %(job)s). Nothing was stored. "
        "Try again; if it happens again, give this number to whoever runs the system."
    ),
    "gave_up": _(
        "The work was interrupted %(attempts)s times and was given up. Nothing was stored. Try again."
    ),
}

# What a job is called while it runs; a kind that is not named here shows its own name.
WORKS = {
    "placement.compute": _("Computing the plan"),
    "placement.nation_share": _("Placing a share of a simulated nation"),
    "placement.study": _("Comparing rules"),
    "recruitment.select": _("Selecting from the applications"),
    "handover.bundle": _("Making all letters"),
    "orientation.badges": _("Printing all badges"),
    "orientation.certificates": _("Printing all certificates"),
}
