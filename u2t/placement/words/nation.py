"""What is said about a nation that is only simulated."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "nation_too_small": _("%(field)s must be %(least)s or more."),
    "nation_odd_numbers": _("The design of the nation has numbers that cannot be drawn from."),
    "nation_without_floors": _("A whole nation is placed without a skill floor."),
}

ORDERS = {
    "merit": _("Seats first, then scores, then inconvenience"),
    "weighted": _("Seats first, then inconvenience weighed against scores"),
    "inconvenience": _("Seats first, then inconvenience"),
}

CLOCKS = {
    "load": _("Loading the compiled kernel"),
    "draw": _("Drawing the people"),
    "solve": _("Placing and proving"),
    "csv": _("Writing the list"),
    "certificate": _("Writing the certificate"),
    "whole": _("Drawing, placing and proving"),
}

POLICIES = {
    "accept_score": _("Deferred acceptance, by score"),
    "accept_residence": _("Deferred acceptance, by residence, then score"),
    "merit": _("Merit first, then inconvenience"),
    "weighted_10": _("One point is worth 10 km"),
    "weighted_1": _("One point is worth 1 km"),
    "inconvenience": _("Inconvenience alone"),
}
