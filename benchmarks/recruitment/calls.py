"""Invented calls of any size: tambons in districts and provinces, applicants who mostly want to work near home."""

from __future__ import annotations

import numpy as np

from u2t.admission import Applicant, ArrayBallot, Ballot, Seat

QUOTA = {"graduate": 10, "public": 5, "student": 5}
"""Slots of one tambon."""

MOST_CHOICES = 5
DISTRICT, PROVINCE = 7, 60
"""How many neighbouring tambons make a district and a province."""


def array_call(people: int, tambons: int, seed: int = 1) -> ArrayBallot:
    """A call whose seats are all tambons of the first category, then of the second, then of the third.

    Half the applicants are graduates. Everybody lists one to five tambons around home, home itself or not, and
    scores are marks of two interviewers, so that equal ones are common.
    """
    draw = np.random.default_rng(seed)
    category = draw.choice(3, size=people, p=[0.5, 0.25, 0.25])
    home = draw.integers(0, tambons, size=people)
    # Six tambons a person, wanted in the order drawn; one that was drawn twice is left out the second time.
    wanted = (home[:, None] + np.rint(draw.normal(0, 5, size=(people, 6))).astype(np.int64)) % tambons
    fresh = np.ones(wanted.shape, dtype=bool)
    for later in range(1, 6):
        fresh[:, later] = (wanted[:, later : later + 1] != wanted[:, :later]).all(axis=1)
    most = draw.integers(1, MOST_CHOICES + 1, size=people)
    place = np.cumsum(fresh, axis=1) - 1
    taken = fresh & (place < most[:, None])
    seats = np.full((people, MOST_CHOICES), 3 * tambons, dtype=np.int64)
    residence = np.zeros_like(seats)
    who, which = np.nonzero(taken)
    at, tambon = place[who, which], wanted[who, which]
    seats[who, at] = category[who] * tambons + tambon
    near = np.where(
        tambon == home[who],
        0,
        np.where(
            tambon // DISTRICT == home[who] // DISTRICT,
            1,
            np.where(tambon // PROVINCE == home[who] // PROVINCE, 2, 3),
        ),
    )
    residence[who, at] = near
    marks = np.clip(np.rint(draw.normal(70, 12, size=(people, 2))), 0, 100).astype(np.int64)
    return ArrayBallot(
        slots=np.repeat(np.array(list(QUOTA.values()), dtype=np.int64), tambons),
        seats=seats,
        score=marks.sum(axis=1) * 500,
        residence=residence,
        lottery=draw.permutation(people),
        order=("score", "residence", "lottery"),
    )


def call(people: int, tambons: int, seed: int = 1) -> Ballot:
    """The same call as values; its lottery numbers come from its seed."""
    arrays = array_call(people, tambons, seed)
    categories = list(QUOTA)
    codes = [f"T{number:05}" for number in range(tambons)]
    seats = [Seat((code, category), slots) for category, slots in QUOTA.items() for code in codes]
    applicants = []
    for row, (chosen, near) in enumerate(zip(arrays.seats.tolist(), arrays.residence.tolist(), strict=True)):
        listed = [seat for seat in chosen if seat < len(seats)]
        applicants.append(
            Applicant(
                f"64-{row:07}",
                categories[listed[0] // tambons],
                int(arrays.score[row]),
                tuple(codes[seat % tambons] for seat in listed),
                tuple(near[: len(listed)]),
            )
        )
    return Ballot(tuple(seats), tuple(applicants), f"call {seed}")


def ranked_call(people: int, tambons: int, seed: int = 1) -> Ballot:
    """A call in which everybody ranks every tambon, the nearer the sooner but not always: all pairs are in play."""
    draw = np.random.default_rng(seed)
    home = draw.integers(0, tambons, size=people)
    away = np.abs(np.arange(tambons) - home[:, None])
    wanted = np.argsort(away + draw.normal(0, 3, size=away.shape), axis=1).tolist()
    category = draw.choice(3, size=people, p=[0.5, 0.25, 0.25]).tolist()
    score = np.clip(np.rint(draw.normal(70, 12, size=(people, 2))), 0, 100).astype(np.int64).sum(axis=1) * 500
    classes = np.select([away == 0, away < DISTRICT, away < PROVINCE], [0, 1, 2], 3)
    residence = np.take_along_axis(classes, np.array(wanted), axis=1).tolist()
    categories = list(QUOTA)
    codes = [f"T{number:05}" for number in range(tambons)]
    return Ballot(
        tuple(Seat((code, name), slots) for name, slots in QUOTA.items() for code in codes),
        tuple(
            Applicant(
                f"64-{row:07}",
                categories[category[row]],
                int(score[row]),
                tuple(codes[tambon] for tambon in wanted[row]),
                tuple(residence[row]),
            )
            for row in range(people)
        ),
        f"call {seed}",
    )


def chain(length: int) -> Ballot:
    """A call made to be slow: each rejection sets exactly one person moving, and each of them the next.

    Tambon i has one slot, prefers the newcomer, and sends its holder on to tambon i + 1.
    """
    codes = [f"T{number:05}" for number in range(length + 1)]
    people = [Applicant("first", "public", 0, (codes[0],), (0,))]
    people += [
        Applicant(f"{number:07}", "public", 0, (codes[number], codes[number + 1]), (1, 0))
        for number in range(length)
    ]
    seats = tuple(Seat((code, "public"), 1) for code in codes)
    return Ballot(seats, tuple(people), "chain", ("residence", "lottery"))
