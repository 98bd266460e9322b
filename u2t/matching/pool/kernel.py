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

from u2t.matching.pool.problem import NEVER, Ints, Whole

Tables = tuple[Whole, Whole, Whole, Whole, Whole, Whole, Whole, Whole, Ints, int]
"""home, wishes, kind, fixed, ways, needs, seat_place, seat_stream, wish_costs, unlisted."""

FAR = 1 << 60
"""Above every label."""


def lay_costs(row: Ints, near: Ints, person: int, first: int, last: int, tables: Tables) -> None:
    """Write what the seat groups from ``first`` up to ``last`` cost a person; ``near`` is room to work in."""
    home, wishes, kind, fixed, ways, needs, seat_place, seat_stream, wish_costs, unlisted = tables
    here, own = home[person], kind[person]
    extra = unlisted if wishes.shape[1] > 0 and wishes[person, 0] != -1 else 0
    only = fixed[person]
    for column in range(near.shape[0]):
        way = np.int64(ways[here, column])
        near[column] = way + extra if way >= 0 else NEVER
    for rank in range(wishes.shape[1] - 1, -1, -1):
        column = wishes[person, rank]
        if column >= 0:
            way = np.int64(ways[here, column])
            if way >= 0:
                near[column] = way + wish_costs[rank]
            elif only == column:
                near[column] = ~way + wish_costs[rank]
    if only >= 0:
        way = np.int64(ways[here, only])
        bound = near[only] if near[only] < NEVER else ~way + extra
        near[:] = NEVER
        near[only] = bound
    for seat in range(first, last):
        row[seat - first] = near[seat_place[seat]] + needs[own, seat_stream[seat]]


def remake_moves(moves: Ints, costs: Ints, node: int, start: int, end: int) -> None:
    """Work out afresh the cheapest changes of cost out of a full seat group with the slots start … end."""
    for goal in range(moves.shape[1]):
        moves[node, goal] = costs[start, goal] - costs[start, node]
    for slot in range(start + 1, end):
        own = costs[slot, node]
        for goal in range(moves.shape[1]):
            moves[node, goal] = min(moves[node, goal], costs[slot, goal] - own)


def find_chain(best: int, span: int, labels: Ints, tags: Ints, levels: Ints, moves: Ints, room: Ints) -> int:
    """The node with an empty seat (or "unplaced") at which the cheapest chain ends; raises the prices.

    ``room[0]`` tells for each node the one before it in its chain, -1 for the start; the rest is room to work.
    """
    before, passed, ahead = room[0], room[1], room[2]
    nodes = labels.shape[0]
    for node in range(nodes):
        before[node] = -1
        ahead[node] = levels[node] + tags[node]
    closed = 0
    while (best & (span - 1)) >= span // 2:
        node = (best & (span - 1)) - span // 2
        reached = best - (best & (span - 1))
        passed[closed] = node
        room[3, closed] = reached
        closed += 1
        ahead[node] = 2 * FAR
        labels[node] = FAR
        base = reached - levels[node]
        best = FAR
        for goal in range(nodes):
            label = base + moves[node, goal] + ahead[goal]
            shorter = label < labels[goal]
            labels[goal] = label if shorter else labels[goal]
            before[goal] = node if shorter else before[goal]
            best = min(best, labels[goal])
    end = best & (span - 1)
    for index in range(closed):
        levels[passed[index]] += best - end - room[3, index]
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


def place_block(
    people: Ints, first: int, last: int, places: Ints, gains: Ints, unplaced: int, tables: Tables,
    assigned: Ints, prices: Ints,
) -> None:  # fmt: skip
    """Place the people of one block in the order given; write their seat groups and the prices of these.

    A price is the cheapest change of cost that makes room for one more person in the group.
    """
    size = last - first
    span = 2
    while span < 2 * (size + 1):
        span *= 2
    slots = np.zeros(size + 1, dtype=np.int64)
    for node in range(size):
        slots[node + 1] = slots[node] + places[first + node]
    costs = np.empty((slots[size], size + 1), dtype=np.int64)
    holders = np.empty(slots[size], dtype=np.int64)
    moves = np.full((size, size + 1), FAR, dtype=np.int64)
    taken = np.zeros(size, dtype=np.int64)
    levels, labels = np.zeros(size + 1, dtype=np.int64), np.empty(size + 1, dtype=np.int64)
    row, near = np.empty(size + 1, dtype=np.int64), np.empty(tables[4].shape[1], dtype=np.int64)
    room = np.empty((4, size + 1), dtype=np.int64)
    tags = np.arange(size + 1)
    for node in range(size):
        tags[node] += span // 2 if places[first + node] == 0 else 0
    for person in people:
        stay = (unplaced + gains[person]) * span
        lay_costs(row, near, person, first, last, tables)
        row[size] = stay
        best = FAR
        for node in range(size):
            row[node] *= span
            labels[node] = row[node] + levels[node] + tags[node]
            best = min(best, labels[node])
        if stay <= best - (best & (span - 1)):
            continue
        labels[size] = stay + size
        end = find_chain(best, span, labels, tags, levels, moves, room)
        if end == size and room[0, end] < 0:
            continue
        hole = shift_people(end, room[0], moves, costs, slots, taken, holders)
        goal = end
        while room[0, goal] >= 0:
            goal = room[0, goal]
        holders[hole] = person
        for node in range(size + 1):
            costs[hole, node] = row[node]
        if end != size and taken[end] == places[first + end]:
            tags[end] += span // 2
            remake_moves(moves, costs, end, slots[end], slots[end + 1])
        goal = room[0, end]
        while goal >= 0:
            remake_moves(moves, costs, goal, slots[goal], slots[goal + 1])
            goal = room[0, goal]
    settle_prices(first, size, span, tags, moves, prices)
    for node in range(size):
        for slot in range(slots[node], slots[node] + taken[node]):
            assigned[holders[slot]] = first + node


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


def place_blocks(
    people: Ints, first_person: Ints, first_seat: Ints, places: Ints, gains: Ints, unplaced: int, tables: Tables,
    assigned: Ints, prices: Ints,
) -> None:  # fmt: skip
    """Place everybody, block after block; ``people`` are sorted by block from ``first_person`` on."""
    for block in range(len(first_seat) - 1):
        group = people[first_person[block] : first_person[block + 1]]
        first, last = first_seat[block], first_seat[block + 1]
        place_block(group, first, last, places, gains, unplaced, tables, assigned, prices)


def reckon_blocks(
    people: Ints, first_person: Ints, first_seat: Ints, gains: Ints, tables: Tables, prices: Ints,
    reserve: Ints, inside: Ints, assigned: Ints, sums: Ints,
) -> None:  # fmt: skip
    """For each block: cost of everybody placed, what everybody at least costs at these prices, and how many
    could go to a seat group outside the cover (``inside`` is 0 there)."""
    widest = 0
    for block in range(len(first_seat) - 1):
        widest = max(widest, first_seat[block + 1] - first_seat[block])
    row, near = np.empty(widest, dtype=np.int64), np.empty(tables[4].shape[1], dtype=np.int64)
    for block in range(len(first_seat) - 1):
        first, last = first_seat[block], first_seat[block + 1]
        open_cover = False
        least = FAR
        for seat in range(first, last):
            open_cover = open_cover or inside[seat] == 0
            least = min(least, prices[seat])
        for index in range(first_person[block], first_person[block + 1]):
            person = people[index]
            best = reserve[block] + gains[person]
            held = assigned[person]
            if held >= 0 or open_cover or least < best:
                lay_costs(row, near, person, first, last, tables)
                outside = False
                if held >= 0:
                    sums[block, 0] += row[held - first]
                for seat in range(first, last):
                    best = min(best, row[seat - first] + prices[seat])
                    outside = outside or (inside[seat] == 0 and row[seat - first] < NEVER)
                sums[block, 2] += outside
            sums[block, 1] += best - gains[person]
