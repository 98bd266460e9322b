"""What placement says when it refuses, and the steps of a computation."""

from django.utils.translation import gettext_lazy as _

STEPS = {
    "people": _("Choosing a tambon and slot for each person"),
    "offices": _("Choosing an office for each data manager"),
    "leaders": _("Choosing the lecturers who lead each tambon"),
}

WORDS = {
    "has_left": _("%(name)s has left and is not placed any more."),
    # Before a plan.
    "no_tambons": _("The round has no tambons yet. Import or add them first."),
    "no_quotas": _("The round has no slots: enter how many slots a tambon has of each category."),
    "no_workers": _("The round has no workers yet. Import them first."),
    "rule_unreadable": _(
        "The round's placement rule has a value that can't be used: %(name)s. Correct it in the round."
    ),
    # What to know before a plan.
    "short_of_people": _(
        "%(category)s: %(people)s people for %(places)s slots, so %(short)s slots will stay empty."
    ),
    "too_many_people": _(
        "%(category)s: %(people)s people for %(places)s slots, so %(over)s people will get no slot."
    ),
    "short_within_limit": _(
        "%(category)s: %(short)s slots will stay empty because nobody may be sent farther than %(most)s km. If people "
        "could be sent %(km)s km, %(more)s more could come there; %(anyway)s slots stay empty even so."
    ),
    "people_stranded": _(
        "%(category)s: %(people)s people will get no slot: every tambon with slots for them is farther than %(most)s km "
        "from their home, or their home is not known."
    ),
    "short_of_lecturers": _(
        "%(wanted)s PM posts are wanted, but the lecturers of the round can fill only %(turns)s: %(short)s stay empty."
    ),
    "short_of_room": _(
        "The data agencies have room for %(room)s data managers, but there are %(seats)s slots for them."
    ),
    "rooms_unknown": _(
        "%(count)s data agencies stated no room; a plan assumes %(share)s people for each of them."
    ),
    "orientation_lacking": _(
        "%(count)s people have not completed orientation. They can be placed; their letters will remind you."
    ),
    "tambons_without_host": _("%(count)s tambons have no main host agency yet; a handover will need it."),
    # A plan and its adoption.
    "not_computed": _("Plan %(number)s has not been computed, so it can't be adopted."),
    "adopted_already": _("Plan %(number)s was adopted already."),
    "plan_broken": _(
        "The plan did not pass the independent check (%(reasons)s), so nothing was stored. Compute a new one; if "
        "that happens again, tell whoever runs the system."
    ),
    "input_changed": _(
        "Workers, wishes, quotas, lecturers or offices have changed since plan %(number)s was computed. "
        "Compute a new plan and adopt that one."
    ),
    # A change by hand.
    "reason_missing": _("Write why you make this change; it stays in the history."),
    "changed_meanwhile": _(
        "Somebody changed this placement while you were looking. Look at the consequence again, then decide."
    ),
    "nothing_changes": _("That is where things are already: nothing would change."),
    "same_worker": _("Choose another person to swap with."),
    "other_round": _("%(name)s does not belong to this round."),
    "no_slot_to_leave": _("%(person)s has no slot, so there is nothing to take away."),
    "no_quota": _(
        "%(tambon)s has no slots for %(category)s in %(workstream)s; nobody of this category can be placed there."
    ),
    "quota_full": _(
        "All %(places)s slots for %(category)s in %(workstream)s at %(tambon)s would be exceeded: %(filled)s people. "
        "Swap two people or free a slot first."
    ),
    "category_differs": _("%(person)s was hired in another category than the slot's (%(category)s)."),
    "office_missing": _("Choose the office where %(person)s will work."),
    "office_not_wanted": _("%(workstream)s does not work at a data agency; leave the office empty."),
    "office_not_in_round": _("%(office)s takes no data managers in this round."),
    "office_full": _("%(office)s has room for %(capacity)s data managers and would get %(filled)s."),
    "lecturer_full": _("%(lecturer)s leads at most %(most)s tambons and would lead %(filled)s."),
    "lecturer_twice": _("%(lecturer)s leads %(tambon)s already."),
    "lecturer_not_here": _("%(lecturer)s does not lead %(tambon)s."),
    "too_many_leaders": _("%(tambon)s is led by %(most)s lecturers and would have %(filled)s."),
    # What the engine may object to, said with names.
    "engine_objects": _("The data contradict themselves (%(reason)s): %(details)s."),
    "given_twice": _("The same %(kind)s stands twice in the round: %(key)s."),
    "wish_given_twice": _("%(person)s wishes for the same tambon twice."),
    "lock_unknown_seat": _(
        "%(person)s was placed by hand in %(seat)s, which has no slots any more. Move them first."
    ),
    "lock_other_category": _(
        "%(person)s was placed by hand in %(seat)s but is now hired as %(category)s. Move them first."
    ),
    "locks_exceed_places": _(
        "%(locked)s people were placed by hand in %(seat)s, which has only %(places)s slots: %(people)s."
    ),
    "fixed_without_seat": _(
        "Selection decided %(tambon)s for %(person)s, but it has no slots for %(category)s."
    ),
    "unknown_office": _(
        "%(office)s takes no data managers any more, but people sit there by hand: %(people)s."
    ),
    "fixed_exceed_office": _(
        "More people were sent to %(office)s by hand than its %(capacity)s places: %(people)s."
    ),
    "office_minimum_above_capacity": _(
        "%(office)s wants at least %(minimum)s people but has room for %(capacity)s."
    ),
    "too_many_teams": _(
        "There are too many different pairs of lecturers to compare (%(teams)s). Reduce the lecturers of each tambon."
    ),
    "rule_out_of_range": _(
        "The placement rule has numbers that can't be used: from %(smallest)s to %(largest)s."
    ),
    "unknown_order": _(
        "The placement rule names an order that doesn't exist: %(order)s. Choose another one."
    ),
    "score_missing": _(
        "The rule looks at scores, but %(count)s people have none (%(people)s). Enter their scores or choose "
        "a rule without scores."
    ),
    "score_negative": _("%(count)s people have a score below zero (%(people)s). Correct it."),
    "score_too_large": _("%(count)s people have a score above %(most)s points (%(people)s). Correct it."),
    "numbers_too_large": _(
        "The rule's numbers and the scores are too large to be counted together. Use smaller penalties."
    ),
    "floor_lacks_people": _(
        "%(least)s people with “%(skill)s” are wanted in each of %(tambons)s tambons, that is %(wanted)s, but "
        "only %(people)s have it. Lower the floor."
    ),
    "floor_impossible": _(
        "%(tambon)s can't get %(least)s people with “%(skill)s”: %(best)s at most. Lower the floor, allow "
        "longer ways, or release people who are held elsewhere."
    ),
    "lead_unknown_tambon": _("%(lecturer)s is held as PM of %(tambon)s, which is not a tambon of the round."),
    "lead_unknown_lecturer": _(
        "%(tambon)s keeps a PM who is not a lecturer of the round any more (%(lecturer)s). Release them."
    ),
    "leads_exceed_lecturer": _(
        "%(lecturer)s is held as PM of %(tambons)s tambons but leads %(most)s at most. Release some."
    ),
    "leads_exceed_tambon": _(
        "%(leaders)s PMs are held in %(tambon)s, but a tambon has %(most)s at most. Release some."
    ),
    "leads_stand_in_the_way": _(
        "With the %(leads)s PMs held, other tambons would go short although there are enough lecturers. "
        "Release some of them."
    ),
}
