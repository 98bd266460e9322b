"""The kernel: contracted successive shortest paths, one block after the other.

The graph that is searched has the seat groups of one block as nodes and "unplaced" as the last; the people are
inside its arcs: ``moves[s, t]`` is the cheapest change of cost if somebody at s goes to t instead. People come
one by one, each along the cheapest chain of moves to an empty seat or to "unplaced". Prices only rise, so whoever
is turned away is never looked at again.

The functions here use the small part of Python that numba compiles; the same functions run uncompiled. All costs
carry their node in the lowest bits (cost * span + node), so that one minimum finds both: the label of a node with
an empty seat is below ``span / 2`` and so wins ties, which keeps chains short.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Whole = NDArray[np.integer]
"""Whole numbers of any width: people come in narrow types, so that a million of them stay small."""

NEVER = 1 << 40
"""Cost of a pair that is not allowed; above every real cost, far below overflow."""

People = tuple[Whole, Whole, Whole, Whole, Ints]
"""home, wishes, kind, fixed, gain: one entry for each person, in the order in which they are asked."""

Rules = tuple[Whole, Whole, Whole, Whole, Ints]
"""ways, needs, seat_place, seat_stream, wish_costs; the last wish cost is that of an unlisted place."""

Nodes = tuple[Ints, Ints, Ints, Ints, int]
"""What one block's people share, see ``open_block``: near, steps, head, after, span."""

FAR = 1 << 60
"""Above every label."""


def open_block(first: int, last: int, homes: int, rules: Rules) -> Nodes:
    """Room for what people of one home share, and what the seat groups of a block are.

    ``near[home, node]`` is written by ``meet_home``; ``steps[kind, node]`` is the penalty for missing skills;
    ``head[column]`` the first node at a place and ``after[node]`` the next one at the same; ``span`` as above.
    """
    needs, seat_place, seat_stream = rules[1], rules[2], rules[3]
    columns = rules[0].shape[1]
    size = last - first
    span = 2
    while span < 2 * (size + 1):
        span *= 2
    steps = np.empty((needs.shape[0], size), dtype=np.int64)
    head, after = np.full(columns, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    for node in range(size - 1, -1, -1):
        column = seat_place[first + node]
        after[node] = head[column]
        head[column] = node
        for kind in range(needs.shape[0]):
            steps[kind, node] = np.int64(needs[kind, seat_stream[first + node]]) * span
    return np.empty((homes, size), dtype=np.int64), steps, head, after, span


def meet_home(row: int, known: Ints, opened: int, first: int, rules: Rules, nodes: Nodes) -> int:
    """Give a home that is met for the first time its number in this block, and write its ways.

    ``known[row]`` counts through all blocks, so that nothing has to be forgotten between them: homes of this
    block have numbers from ``opened`` on, and ``known[-1]`` is the next one.
    """
    ways, seat_place, near, span = rules[0], rules[2], nodes[0], nodes[4]
    known[row] = known[-1]
    known[-1] += 1
    number = known[row] - opened
    for node in range(near.shape[1]):
        way = np.int64(ways[row, seat_place[first + node]])
        near[number, node] = way * span if way >= 0 else NEVER * span
    return int(number)


def wish_cost(person: int, column: int, people: People, rules: Rules) -> int:
    """What somebody's wishes make of a place."""
    wishes, costs = people[1], rules[4]
    ranks = wishes.shape[1]
    cost = int(costs[ranks]) if ranks > 0 and wishes[person, 0] != -1 else 0
    for rank in range(ranks - 1, -1, -1):
        cost = int(costs[rank]) if wishes[person, rank] == column else cost
    return cost


def lay_fixed(row: Ints, person: int, people: People, rules: Rules, nodes: Nodes) -> None:
    """Write what every seat group of the block costs somebody who may go to one place only, be it far."""
    ways, home, kind, fixed = rules[0], people[0], people[2], people[3]
    steps, head, after, span = nodes[1], nodes[2], nodes[3], nodes[4]
    only = fixed[person]
    way = np.int64(ways[home[person], only])
    way = way if way >= 0 else ~way
    wish = wish_cost(person, only, people, rules)
    for node in range(steps.shape[1]):
        row[node] = NEVER * span
    node = head[only]
    while node >= 0:
        row[node] = (way + wish) * span + steps[kind[person], node]
        node = after[node]


def lay_costs(row: Ints, person: int, number: int, people: People, rules: Rules, nodes: Nodes) -> None:
    """Write what every seat group of the block costs somebody of home ``number`` who is not fixed."""
    near, steps, head, after, span = nodes
    wishes, kinds, costs = people[1], people[2], rules[4]
    kind, ranks = kinds[person], wishes.shape[1]
    extra = costs[ranks] * span if ranks > 0 and wishes[person, 0] != -1 else 0
    for node in range(steps.shape[1]):
        row[node] = near[number, node] + steps[kind, node] + extra
    for rank in range(ranks - 1, -1, -1):
        node = head[wishes[person, rank]] if wishes[person, rank] >= 0 else -1
        while node >= 0:
            if near[number, node] < NEVER * span:
                row[node] = near[number, node] + steps[kind, node] + costs[rank] * span
            node = after[node]


def least_here(number: int, kind: int, levels: Ints, nodes: Nodes) -> int:
    """What somebody of this home and kind, but without wishes, pays at least, price included."""
    near, steps = nodes[0], nodes[1]
    least = FAR
    for node in range(near.shape[1]):
        least = min(least, near[number, node] + steps[kind, node] + levels[node])
    return least


def at_least(
    person: int, number: int, floor: int, levels: Ints, people: People, rules: Rules, nodes: Nodes
) -> int:
    """No seat, price included, costs a person who is not fixed less; ``floor`` holds for unlisted seats.

    Exact if ``floor`` is, because a wish never costs more than an unlisted place.
    """
    near, steps, head, after, span = nodes
    wishes, kinds, costs = people[1], people[2], rules[4]
    kind, ranks = kinds[person], wishes.shape[1]
    if ranks == 0 or wishes[person, 0] == -1:
        return floor
    least = int(floor + costs[ranks] * span)
    for rank in range(ranks):
        node = head[wishes[person, rank]] if wishes[person, rank] >= 0 else -1
        while node >= 0:
            least = min(least, near[number, node] + steps[kind, node] + costs[rank] * span + levels[node])
            node = after[node]
    return least


def remake_moves(moves: Ints, costs: Ints, node: int, start: int, end: int) -> None:
    """Work out afresh the cheapest changes of cost out of a full seat group with the slots start … end."""
    own = costs[start, node]
    for goal in range(moves.shape[1]):
        moves[node, goal] = costs[start, goal] - own
    # Two at once, so that half as much is written; the last of an even number comes twice.
    for slot in range(start + 1, end, 2):
        other = min(slot + 1, end - 1)
        own, own_other = costs[slot, node], costs[other, node]
        for goal in range(moves.shape[1]):
            change = min(costs[slot, goal] - own, costs[other, goal] - own_other)
            moves[node, goal] = min(moves[node, goal], change)


def find_chain(
    best: int, span: int, row: Ints, labels: Ints, tags: Ints, levels: Ints, moves: Ints, before: Ints,
    ahead: Ints, passed: Ints, reached: Ints,
) -> int:  # fmt: skip
    """The node with an empty seat (or "unplaced") at which the cheapest chain ends; raises the prices.

    ``before`` tells then for each node of the chain the one before it, -1 for the start; ``ahead``, ``passed`` and
    ``reached`` are room to work in.
    """
    nodes = labels.shape[0]
    if (best & (span - 1)) < span // 2:
        before[best & (span - 1)] = -1
        return best & (span - 1)
    for node in range(nodes):
        ahead[node] = levels[node] + tags[node]
    closed = 0
    while (best & (span - 1)) >= span // 2:
        node = (best & (span - 1)) - span // 2
        passed[closed], reached[closed] = node, best - (best & (span - 1))
        base = reached[closed] - levels[node]
        closed += 1
        ahead[node] = 2 * FAR
        labels[node] = FAR
        best = FAR
        for goal in range(nodes):
            labels[goal] = min(labels[goal], base + moves[node, goal] + ahead[goal])
            best = min(best, labels[goal])
    end = best & (span - 1)
    goal, length = end, best - end
    # Whoever was passed first and explains the length comes before; so the chain never turns back.
    while row[goal] + levels[goal] != length:
        index = 0
        node = passed[0]
        while reached[index] - levels[node] + moves[node, goal] + levels[goal] != length:
            index += 1
            node = passed[index]
        before[goal] = node
        goal, length = node, reached[index]
    before[goal] = -1
    for index in range(closed):
        levels[passed[index]] += best - end - reached[index]
    return end


def shift_people(
    end: int, before: Ints, moves: Ints, costs: Ints, slots: Ints, taken: Ints, holders: Ints
) -> int:
    """Move everybody along the chain that ends at ``end``; the slot that is empty then, for the newcomer."""
    unplaced = moves.shape[0]
    hole = -1
    if end != unplaced:
        hole = slots[end] + taken[end]
        taken[end] += 1
    goal = end
    while before[goal] >= 0:
        node = before[goal]
        slot = slots[node]
        while costs[slot, goal] - costs[slot, node] != moves[node, goal]:
            slot += 1
        if goal != unplaced:
            holders[hole] = holders[slot]
            for other in range(costs.shape[1]):
                costs[hole, other] = costs[slot, other]
        hole = slot
        goal = node
    return hole


def settle_prices(first: int, size: int, span: int, tags: Ints, moves: Ints, prices: Ints) -> None:
    """Write the largest prices that prove the placement: what one more person in each group would cost."""
    whole = np.full(size + 1, FAR, dtype=np.int64)
    whole[size] = 0
    for node in range(size):
        if tags[node] < span // 2:
            whole[node] = 0
    changed = True
    while changed:
        changed = False
        for node in range(size):
            if tags[node] >= span // 2:
                best = FAR
                for goal in range(size + 1):
                    best = min(best, moves[node, goal] + whole[goal])
                changed = changed or best < whole[node]
                whole[node] = min(best, whole[node])
    for node in range(size):
        prices[first + node] = whole[node] // span


def open_slots(first: int, size: int, span: int, places: Ints) -> tuple[Ints, Ints]:
    """Where each seat group's slots begin, and what its labels carry in their lowest bits."""
    slots, tags = np.zeros(size + 1, dtype=np.int64), np.arange(size + 1)
    for node in range(size):
        slots[node + 1] = slots[node] + places[first + node]
        tags[node] += span // 2 if places[first + node] == 0 else 0
    return slots, tags


def write_seats(first: int, slots: Ints, taken: Ints, holders: Ints, assigned: Ints) -> None:
    """Write who holds which seat group in the end."""
    for node in range(taken.shape[0]):
        for slot in range(slots[node], slots[node] + taken[node]):
            assigned[holders[slot]] = first + node


def place_block(
    start: int, end: int, first: int, last: int, places: Ints, unplaced: int, known: Ints,
    people: People, rules: Rules, assigned: Ints, prices: Ints,
) -> None:  # fmt: skip
    """Place the people ``start`` … ``end``, who are one block, in this order; write their seat groups and prices.

    A price is the cheapest change of cost that makes room for one more person in the group.
    """
    home, kind, fixed, gain = people[0], people[2], people[3], people[4]
    size, kinds, opened = last - first, rules[1].shape[0], known[-1]
    nodes = open_block(first, last, min(end - start, known.shape[0] - 1), rules)
    near, steps, span = nodes[0], nodes[1], nodes[4]
    floors = np.full(near.shape[0] * kinds, -1, dtype=np.int64)
    slots, tags = open_slots(first, size, span, places)
    costs, holders = np.empty((slots[size], size + 1), dtype=np.int64), np.empty(slots[size], dtype=np.int64)
    moves, taken = np.full((size, size + 1), FAR, dtype=np.int64), np.zeros(size, dtype=np.int64)
    levels, labels = np.zeros(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.int64)
    row, before = np.empty(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.int64)
    ahead, reached = np.empty(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.int64)
    passed = np.empty(size + 1, dtype=np.int64)
    for person in range(start, end):
        stay, own = (unplaced + gain[person]) * span, int(kind[person])
        number = known[home[person]] - opened
        if number < 0:
            number = meet_home(home[person], known, opened, first, rules, nodes)
        index = number * kinds + own
        if floors[index] < 0:
            floors[index] = least_here(number, own, levels, nodes)
        if fixed[person] >= 0:
            lay_fixed(row, person, people, rules, nodes)
        elif stay <= at_least(person, number, floors[index], levels, people, rules, nodes):
            continue
        else:
            lay_costs(row, person, number, people, rules, nodes)
        row[size] = stay
        labels[size] = stay + size
        best, least = labels[size], FAR
        for node in range(size):
            labels[node] = row[node] + levels[node] + tags[node]
            best = min(best, labels[node])
            least = min(least, near[number, node] + steps[own, node] + levels[node])
        floors[index] = least
        if stay <= best - (best & (span - 1)):
            continue
        goal = find_chain(best, span, row, labels, tags, levels, moves, before, ahead, passed, reached)
        if goal < size or before[goal] >= 0:
            hole = shift_people(goal, before, moves, costs, slots, taken, holders)
            holders[hole] = person
            for node in range(size + 1):
                costs[hole, node] = row[node]
            if goal < size and taken[goal] == places[first + goal]:
                tags[goal] += span // 2
                remake_moves(moves, costs, goal, slots[goal], slots[goal + 1])
            goal = before[goal]
            while goal >= 0:
                remake_moves(moves, costs, goal, slots[goal], slots[goal + 1])
                goal = before[goal]
    settle_prices(first, size, span, tags, moves, prices)
    write_seats(first, slots, taken, holders, assigned)


def place_blocks(
    first_person: Ints, first_seat: Ints, places: Ints, unplaced: int, people: People, rules: Rules,
    assigned: Ints, prices: Ints,
) -> None:  # fmt: skip
    """Place everybody, block after block; people are sorted by block, from ``first_person`` on."""
    known = np.full(rules[0].shape[0] + 1, -1, dtype=np.int64)
    known[-1] = 0
    for block in range(len(first_seat) - 1):
        start, end = first_person[block], first_person[block + 1]
        first, last = first_seat[block], first_seat[block + 1]
        place_block(start, end, first, last, places, unplaced, known, people, rules, assigned, prices)


def reckon_block(
    start: int, end: int, first: int, last: int, reserve: int, known: Ints, people: People, rules: Rules,
    prices: Ints, inside: Ints, assigned: Ints,
) -> tuple[int, int, int]:  # fmt: skip
    """For one block: cost of everybody placed, what everybody costs at least at these prices, and how many could
    go to a seat group outside the cover (``inside`` is 0 there)."""
    home, kind, fixed, gain, seat_place = people[0], people[2], people[3], people[4], rules[2]
    kinds, opened, size = rules[1].shape[0], known[-1], last - first
    nodes = open_block(first, last, min(end - start, known.shape[0] - 1), rules)
    near, steps, span = nodes[0], nodes[1], nodes[4]
    levels, row = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    covered = True
    for node in range(size):
        levels[node] = prices[first + node] * span
        covered = covered and inside[first + node] != 0
    floors = np.full(near.shape[0] * kinds, -1, dtype=np.int64)
    total, least, roaming = 0, 0, 0
    for person in range(start, end):
        own, held = int(kind[person]), assigned[person] - first
        number = known[home[person]] - opened
        if number < 0:
            number = meet_home(home[person], known, opened, first, rules, nodes)
        index = number * kinds + own
        if covered and fixed[person] < 0:
            if floors[index] < 0:
                floors[index] = least_here(number, own, levels, nodes)
            best = at_least(person, number, floors[index], levels, people, rules, nodes)
            if held >= 0:
                total += (near[number, held] + steps[own, held]) // span
                total += wish_cost(person, seat_place[first + held], people, rules)
        else:
            if fixed[person] >= 0:
                lay_fixed(row, person, people, rules, nodes)
            else:
                lay_costs(row, person, number, people, rules, nodes)
            best, outside = FAR, False
            for node in range(size):
                best = min(best, row[node] + levels[node])
                outside = outside or (inside[first + node] == 0 and row[node] < NEVER * span)
            total += row[held] // span if held >= 0 else 0
            roaming += outside
        least += min(best // span, reserve + gain[person]) - gain[person]
    return total, least, roaming


def reckon_blocks(
    first_person: Ints, first_seat: Ints, reserve: Ints, people: People, rules: Rules, prices: Ints,
    inside: Ints, assigned: Ints, sums: Ints,
) -> None:  # fmt: skip
    """Reckon every block afresh, from nothing but what it was given and the prices."""
    known = np.full(rules[0].shape[0] + 1, -1, dtype=np.int64)
    known[-1] = 0
    for block in range(len(first_seat) - 1):
        start, end = first_person[block], first_person[block + 1]
        first, last = first_seat[block], first_seat[block + 1]
        sums[block] = reckon_block(
            start, end, first, last, reserve[block], known, people, rules, prices, inside, assigned
        )
