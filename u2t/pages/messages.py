"""Message ids of every part, their Thai, and the compiled catalogues, without the system's gettext.

Each part keeps ``u2t/<part>/locale/th/LC_MESSAGES/django.po``: sorted, without places and dates, so that a change
of code changes only the lines it means. English needs no catalogue, for the ids are English.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
# Thai words of u2t.{part}, kept in order by "manage.py messages".
msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_PLACE = re.compile(r"%\((\w+)\)[sdf]|\{(\w*)\}|(?<!%)%(?:%%)*([sd])")

Id = tuple[str | None, str]  # context and (singular) message id
Wording = tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one message of one part, in words for a developer."""

    part: str
    message: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}: {self.message!r} {self.what}"


def parts(root: Path = ROOT) -> list[str]:
    """The packages that say something, by name."""
    return sorted(
        folder.name
        for folder in root.iterdir()
        if (folder / "__init__.py").is_file() and used(folder.name, root)
    )


def catalogue(part: str, root: Path = ROOT) -> Path:
    return root / part / "locale" / "th" / "LC_MESSAGES" / "django.po"


def used(part: str, root: Path = ROOT) -> dict[Id, tuple[str, ...]]:
    """Every message that the part's Python files and templates say: its id → singular and, if any, plural."""
    found: dict[Id, tuple[str, ...]] = {}
    for path in sorted((root / part).rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "locale" not in path.parts and path.is_file():
            for message_context, ids in _extracted(path):
                known = found.get((message_context, ids[0]), ())
                found[message_context, ids[0]] = max(known, ids, key=len)
    return found


def update(part: str, root: Path = ROOT) -> list[str]:
    """Bring the part's catalogue in line with its code and return the ids that have no Thai yet.

    Thai that stands already is kept; new ids take the Thai that another part has for the same words; what is
    no longer said is dropped.
    """
    said = used(part, root)
    own, path = _thai(part, root), catalogue(part, root)
    others = {key: words for other in _with_catalogue(root) for key, words in _thai(other, root).items()}
    made = Catalog(locale="th", fuzzy=False)
    for (message_context, singular), ids in said.items():
        words = own.get((message_context, singular)) or others.get((message_context, singular)) or ("",)
        made.add(
            ids if len(ids) > 1 else singular,
            words[:1] if len(ids) > 1 else words[0],
            context=message_context,
        )
    if said or path.exists():
        _put(path, HEADER.format(part=part).encode() + _written(made))
    return [
        singular
        for message_context, singular in sorted(said, key=str)
        if not _is_worded(path, message_context, singular)
    ]


def fill(words: Mapping[str, str], chosen: Iterable[str], root: Path = ROOT) -> int:
    """Put a translator's words (id → Thai) where no Thai stands yet; the number put in."""
    filled = 0
    for part in chosen:
        catalog = _read(part, root)
        for message in catalog:
            if message.id and not _wording(message) and (text := words.get(_singular(message), "")):
                message.string = text if isinstance(message.id, str) else (text,)
                filled += 1
        if catalogue(part, root).exists():
            _put(catalogue(part, root), HEADER.format(part=part).encode() + _written(catalog))
    return filled


def faults(root: Path = ROOT) -> list[Fault]:
    """Everything that keeps the Thai from being complete and consistent: no faults, no surprises on a page."""
    found: list[Fault] = []
    first: dict[Id, tuple[str, Wording]] = {}
    for part in parts(root):
        said, catalog = used(part, root), _read(part, root)
        kept = {(m.context, _singular(m)): m for m in catalog if m.id}
        found += [Fault(part, key[1], "is not in the catalogue") for key in said if key not in kept]
        for key, message in sorted(kept.items(), key=lambda item: str(item[0])):
            words = _wording(message)
            if key not in said:
                found.append(Fault(part, key[1], "is no longer said"))
            elif message.fuzzy:
                found.append(Fault(part, key[1], "is marked fuzzy"))
            elif not words:
                found.append(Fault(part, key[1], "has no Thai"))
            elif not places_match(said[key], words):
                found.append(Fault(part, key[1], "has other places in Thai than in English"))
            elif key in first and first[key][1] != words:
                found.append(Fault(part, key[1], f"is worded otherwise in {first[key][0]}"))
            first.setdefault(key, (part, words))
    return found


def places_match(ids: Iterable[str], words: Iterable[str]) -> bool:
    """Whether each Thai form fills the same places as one of the English forms, so that no value is lost."""
    allowed = [_places(text) for text in ids]
    return all(_places(text) in allowed for text in words)


def compile_all(root: Path = ROOT) -> int:
    """Write every ``django.mo`` that is missing or older than its ``django.po``; the number written.

    This process forgets the catalogues that it has read, so that it speaks the new words from now on.
    """
    written = 0
    for part in _with_catalogue(root):
        source = catalogue(part, root)
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            made = io.BytesIO()
            write_mo(made, _read(part, root))
            _put(target, made.getvalue())
            translation_file_changed(None, target)
            written += 1
    return written


def _extracted(path: Path) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # What is left of a template has no Python indentation worth keeping, and the extractor minds it.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, ids, _comments, message_context in extract(
        "python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}
    ):
        plain = (ids,) if isinstance(ids, str) else tuple(ids)
        if plain and plain[0]:
            yield message_context, plain


def _with_catalogue(root: Path) -> list[str]:
    return sorted(folder.name for folder in root.iterdir() if catalogue(folder.name, root).is_file())


def _read(part: str, root: Path) -> Catalog:
    path = catalogue(part, root)
    if not path.is_file():
        return Catalog(locale="th")
    with path.open("rb") as file:
        return read_po(file, locale="th", ignore_obsolete=True)


def _thai(part: str, root: Path) -> dict[Id, Wording]:
    return {
        (m.context, _singular(m)): _wording(m)
        for m in _read(part, root)
        if m.id and not m.fuzzy and _wording(m)
    }


def _is_worded(path: Path, message_context: str | None, singular: str) -> bool:
    part, root = path.parents[3].name, path.parents[4]
    return (message_context, singular) in _thai(part, root)


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _wording(message: Message) -> Wording:
    words = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return words if words and all(words) else ()


def _places(text: str) -> frozenset[str]:
    return frozenset("".join(part or "" for part in found) for found in _PLACE.findall(text))


def _written(catalog: Catalog) -> bytes:
    made = io.BytesIO()
    write_po(
        made, catalog, width=110, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True
    )
    return made.getvalue().strip() + b"\n"


def _put(path: Path, content: bytes) -> None:
    """Write the file whole or not at all, and not if it says the same already."""
    if path.exists() and path.read_bytes() == content:
        if path.suffix == ".mo":
            os.utime(path)  # It is as new as its source, and need not be compiled again.
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(path)
