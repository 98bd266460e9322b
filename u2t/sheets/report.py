"""What was found in a file: located, grouped by kind, counted, able to travel as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

PROBLEM = "problem"
REPAIR = "repair"
NOTICE = "notice"
_ORDER = (PROBLEM, REPAIR, NOTICE)


class Finding(NamedTuple):
    """One thing found at one place.

    ``kind`` is ``problem`` (stands in the way), ``repair`` (was mended, look if you like) or ``notice``.
    ``row`` counts from 1 as the spreadsheet shows it, 0 where the finding concerns no row; ``column`` is the
    letter; ``field`` the name of our column; ``value`` the text of the cell; ``about`` what the sentence
    mentions. Codes are put into words by the stage that shows them.
    """

    kind: str
    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    field: str = ""
    value: str = ""
    about: Mapping[str, object] = {}

    def as_json(self) -> list[object]:
        """The finding as a plain list; :meth:`from_json` reads it back."""
        return [*self[:7], dict(self.about)]

    @classmethod
    def from_json(cls, data: list[Any]) -> Finding:
        """The finding that :meth:`as_json` wrote."""
        return cls._make(data)


class Group:
    """All findings of one kind, code and field: how many, and the first of them."""

    def __init__(self, kind: str, code: str, field: str) -> None:
        self.kind, self.code, self.field = kind, code, field
        self.count = 0
        self.findings: list[Finding] = []

    @property
    def first(self) -> Finding:
        """The first place in the order of the file."""
        return self.findings[0]

    @property
    def left_out(self) -> int:
        """How many findings were counted but not kept."""
        return self.count - len(self.findings)


class Report:
    """Findings grouped by kind, code and field, problems first.

    Of each group at most ``keep`` findings are held; the count is always whole.
    """

    def __init__(self, keep: int = 1_000) -> None:
        self._keep = keep
        self._groups: dict[tuple[str, str, str], Group] = {}

    def add(self, finding: Finding) -> None:
        """Count ``finding`` and keep it if its group has room."""
        key = (finding.kind, finding.code, finding.field)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(*key)
        group.count += 1
        if len(group.findings) < self._keep:
            group.findings.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """:meth:`add` each."""
        for finding in findings:
            self.add(finding)

    def groups(self, kind: str = "") -> list[Group]:
        """The groups (of one kind): problems, then repairs, then notices; inside, the largest first."""
        chosen = [group for group in self._groups.values() if kind in ("", group.kind)]
        return sorted(chosen, key=lambda group: (_ORDER.index(group.kind), -group.count, group.code))

    def count(self, kind: str) -> int:
        """How many findings of a kind there are."""
        return sum(group.count for group in self._groups.values() if group.kind == kind)

    @property
    def has_problems(self) -> bool:
        """Whether anything stands in the way of accepting the file."""
        return any(group.kind == PROBLEM for group in self._groups.values())

    def __iter__(self) -> Iterator[Finding]:
        for group in self.groups():
            yield from group.findings

    def as_json(self, keep: int = 200) -> list[dict[str, object]]:
        """The groups as plain values for :meth:`from_json`: problems as held, of other kinds at most ``keep`` each."""
        return [
            {
                "kind": group.kind,
                "code": group.code,
                "field": group.field,
                "count": group.count,
                "findings": [
                    finding.as_json() for finding in group.findings[: None if group.kind == PROBLEM else keep]
                ],
            }
            for group in self.groups()
        ]

    @classmethod
    def from_json(cls, data: Iterable[Mapping[str, object]]) -> Report:
        """The report that :meth:`as_json` wrote."""
        report = cls()
        for entry in data:
            group = Group(str(entry["kind"]), str(entry["code"]), str(entry["field"]))
            group.count = int(str(entry["count"]))
            findings = entry["findings"]
            assert isinstance(findings, list)
            group.findings = [Finding.from_json(finding) for finding in findings]
            report._groups[group.kind, group.code, group.field] = group
        return report
