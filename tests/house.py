"""The house rules as functions from text to faults, so that a test can also show that each of them bites.

Every function returns a list of sentences; an empty list means that the rule is kept.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
WRITES = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "cursor",
}
PRIVACY = {"public", "personal", "sensitive"}


def files(*patterns: str) -> list[Path]:
    """Files of the repository that match, kept and new ones, without what is ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        # An unpacked archive has no history; everything in it was kept.
        hidden = {".venv", "var", "__pycache__"}
        found = {path for pattern in patterns for path in ROOT.rglob(pattern.removeprefix(":(glob)"))}
        return sorted(p for p in found if p.is_file() and not hidden & set(p.relative_to(ROOT).parts))
    return sorted(ROOT / line for line in set(listed.stdout.splitlines()) if (ROOT / line).is_file())


def python_files() -> list[Path]:
    return [path for path in [*files("*.py"), ROOT / "run"] if "migrations" not in path.parts]


def long_file(name: str, text: str) -> list[str]:
    lines = text.count("\n")
    return [f"{name}: {lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def long_functions(name: str, text: str) -> list[str]:
    return [
        f"{name}:{node.lineno} {node.name}: {length} lines, at most {LONGEST_FUNCTION}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def may_write(name: str) -> bool:
    """Whether the module with this path is one that writes: a part's actions, or a migration."""
    return not {"actions", "actions.py", "migrations"}.isdisjoint(Path(name).parts)


def writes(name: str, text: str) -> list[str]:
    """Calls that write to the database."""
    return [
        f"{name}:{node.lineno} writes outside actions: {ast.unparse(node.func)}(…)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node.func)
    ]


def _writes(called: ast.Attribute) -> bool:
    receiver = ast.unparse(called.value)
    if called.attr in WRITES:
        return not receiver.startswith("super()")
    # Dictionaries and digests have an update too; only a queryset's reads like this.
    return called.attr == "update" and bool(
        re.search(r"\bobjects\b|\.(filter|exclude|all)\(|_set\b", receiver)
    )


def template_faults(name: str, text: str) -> list[str]:
    """What a template must not hold: Gregorian dates, and what the content security policy would block."""
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", _blank, text, flags=re.S)
    rules = {
        r"\|\s*date\b": "says |date; Buddhist dates come from |thdate",
        r"\{%\s*now\b": "says now; the view hands over a moment and |thdate words it",
        r"<[a-z][^>]*?\sstyle\s*=": "has an inline style, which the policy blocks",
        r"<style\b": "has a style element, which the policy blocks",
        r"<[a-z][^>]*?\son[a-z]+\s*=": "has an inline handler, which the policy blocks",
        r"javascript:": "has a javascript: address, which the policy blocks",
        r"<script\b(?![^>]*\b(?:src|nonce)\s*=)(?![^>]*type=\"application/json\")": "has a script without nonce",
        r"(?:src|href)\s*=\s*[\"'](?:https?:)?//": "loads or links something from elsewhere",
    }
    return [
        f"{name}:{text[: found.start()].count(chr(10)) + 1} {what}"
        for rule, what in rules.items()
        for found in re.finditer(rule, text, flags=re.I)
    ]


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def settings_read(text: str) -> set[str]:
    """Names of settings that a source mentions as string constants."""
    constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return {c for c in constants if isinstance(c, str) and re.fullmatch(r"U2T_[A-Z0-9_]+|DATABASE_URL", c)}


def settings_explained(sample: str) -> set[str]:
    """Names that ``.env.sample`` sets or shows commented out, each below at least one line of explanation."""
    names, before = set(), ""
    for line in sample.splitlines():
        if found := re.match(r"#?\s?([A-Z][A-Z0-9_]+)=", line):
            if before.startswith("# ") or before == "again":
                names.add(found.group(1))
            before = "again"
        else:
            before = line
    return names


def unstated_privacy(fields: Iterable[str], privacy: object) -> list[str]:
    """Fields without a statement, statements without a field, and words that state nothing."""
    if not isinstance(privacy, dict):
        return ["states no privacy at all"]
    names = set(fields)
    return [
        *(f"does not state the privacy of {name}" for name in sorted(names - privacy.keys())),
        *(f"states the privacy of {name}, which it does not have" for name in sorted(privacy.keys() - names)),
        *(f"calls {name} {word!r}" for name, word in privacy.items() if word not in PRIVACY),
    ]


def lonely_persons(fields: Iterable[str]) -> list[str]:
    """Persons ``…_by`` without their moment ``…_at``."""
    names = set(fields)
    return [
        f"{n} has no {n[:-3]}_at" for n in sorted(names) if n.endswith("_by") and f"{n[:-3]}_at" not in names
    ]


def traces(name: str, text: str) -> list[str]:
    """Paths of one machine and hosts of package registries."""
    # Written in halves, so that this file does not find itself.
    machine = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/[a-z]", "/Us" + "ers/[a-z]", "/op" + "t/pypi"]
    hosts = [
        "py" + "pi.org",
        "python" + "hosted",
        "--index" + "-url",
        "--find" + "-links",
        "arti" + "factory",
    ]
    pattern = "|".join([*(f"(?<![\\w.$~]){m}" for m in machine), *(re.escape(h) for h in hosts)])
    return [
        f"{name}:{text[: found.start()].count(chr(10)) + 1} holds {found.group()!r}"
        for found in re.finditer(pattern, text)
    ]


def commands_shown(markdown: str) -> Iterator[list[str]]:
    """Commands of this project in the code blocks and code words of a document, each as its words."""
    blocks = re.findall(r"^```(?:sh|bash|console|shell)\n(.*?)^```", markdown, flags=re.S | re.M)
    blocks = [re.sub(r"\\\n\s*", "", block) for block in blocks]
    lines = [line for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", markdown)
    for line in lines:
        words = re.sub(r"\s#.*", "", line).replace("[", "").replace("]", "").strip("$ \t").split()
        while words and re.fullmatch(r"[A-Z_][A-Z0-9_]*=\S*", words[0]):
            words.pop(0)
        if words and (words[0] in {"./run", "manage.py"} or words[:2] == ["python", "-m"]):
            yield words
