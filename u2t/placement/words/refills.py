"""What is said of refills."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "still_hired": _("%(name)s is still hired, so no place became free. Note the end of the hire first."),
    "left_no_slot": _("%(name)s held no slot when the hire ended, so no place became free."),
    "place_taken": _("The place that %(name)s left is taken already."),
    "dropped_already": _("%(tambon)s has fallen out of the round already."),
    "no_such_answer": _(
        "There is no answer that moves %(moves)s people. Look at the answers again and choose one of them."
    ),
    "answers_broken": _(
        "The answers did not pass the independent check (%(reasons)s), so nothing was stored. Tell whoever runs the "
        "system; meanwhile you can change the placement by hand."
    ),
}
