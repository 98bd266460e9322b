"""The words of sessions, groups and check-in."""

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "ends_before_it_begins": _("The session must end after it begins. Check both times."),
    "too_long": _("A session lasts at most %(hours)s hours. Divide it by day."),
    "room_too_small": _(
        "The room holds %(capacity)s but %(expected)s people are expected. "
        "Choose fewer groups or a larger room."
    ),
    "session_too_full": _(
        "%(session)s has room for %(capacity)s, but %(expected)s people would be expected. "
        "Enlarge the room or choose another group."
    ),
    "session_cancelled": _("%(session)s was cancelled. Choose another session."),
    "no_such_session": _("This round has no such session. Load the list on the device again."),
    "device_of_another_round": _("This device is enrolled in another round. Load the check-in page again."),
    "worker_of_another_round": _("This person belongs to another round."),
    "worker_left": _("%(worker)s no longer works in this round."),
    "no_reason": _("Say why; the history keeps the reason."),
    "voided_already": _("This scan has been taken back already."),
    "address_or_file": _("Give either an address or a file."),
    "nobody_without_group": _("Everybody is in a group already."),
    "how_many_groups": _("Say how many groups, from 1 to %(most)s."),
    "group_in_use": _("A session is for %(group)s. Choose other groups for the session first."),
    "unreadable_scans": _("The device sent something that cannot be read. Load the check-in page again."),
}
