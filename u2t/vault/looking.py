"""What is looked at before a file is let in: values in, the file to keep or every reason against it out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from u2t.objections import Objection, Refused, refuse_if
from u2t.vault import binding, pictures, portable, sniffing

PAGES_AT_MOST = 40
_PDF_FAULTS = {
    "broken": "vault.pdf_broken",
    "locked": "vault.pdf_locked",
    "script": "vault.pdf_script",
    "action": "vault.pdf_action",
    "embedded": "vault.pdf_embedded",
    "xfa": "vault.pdf_xfa",
    "complex": "vault.pdf_complex",
}


@dataclass(frozen=True)
class Looked:
    """A file that may be kept: of a picture the bytes made anew, of a PDF those that came."""

    data: bytes
    content_type: str
    pages: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def too_large(name: str, size: int, most: int) -> list[Objection]:
    """The objection to a file above the limit, by its size alone: nothing of it needs to be read."""
    about = {"name": name, "size": _megabytes(size), "most": _megabytes(most)}
    return [Objection("vault.too_large", about)] if size > most else []


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def look_at(data: bytes, *, name: str, most: int) -> Looked:
    """Look at a file of at most ``most`` bytes; raises :class:`Refused` with everything that stands against it."""
    refuse_if(too_large(name, len(data), most))
    if not data:
        raise Refused([Objection("vault.empty", {"name": name})])
    kind = sniffing.kind(data)
    if kind in sniffing.PICTURES:
        return _picture(data, name)
    if kind == sniffing.PDF:
        return _pdf(data, name)
    reason = {sniffing.HEIC: "heic", sniffing.PROGRAM: "program"}.get(kind, "unknown_kind")
    raise Refused([Objection(f"vault.{reason}", {"name": name})])


def _picture(data: bytes, name: str) -> Looked:
    try:
        return Looked(pictures.made_anew(data), sniffing.JPEG, 1)
    except pictures.Broken:
        raise Refused([Objection("vault.picture_broken", {"name": name})]) from None
    except pictures.TooManyPixels:
        raise Refused([Objection("vault.picture_too_many_pixels", {"name": name})]) from None


def _pdf(data: bytes, name: str) -> Looked:
    found = portable.look_at(data)
    objections = [Objection(_PDF_FAULTS[fault], {"name": name}) for fault in found.faults]
    objections += _too_many_pages(name, found.pages)
    if not found.faults and not found.pages:
        objections.append(Objection("vault.pdf_broken", {"name": name}))
    refuse_if(objections)
    return Looked(data, sniffing.PDF, found.pages)


def _too_many_pages(name: str, pages: int) -> list[Objection]:
    about = {"name": name, "pages": pages, "most": PAGES_AT_MOST}
    return [Objection("vault.pdf_pages", about)] if pages > PAGES_AT_MOST else []


def bound(first: Looked, second: Looked, *, name: str, most: int) -> Looked:
    """Both as one PDF, the second behind the first; raises :class:`Refused` if that is too large."""
    data = binding.bound([(first.data, first.content_type), (second.data, second.content_type)])
    pages = first.pages + second.pages
    refuse_if(too_large(name, len(data), most) + _too_many_pages(name, pages))
    return Looked(data, sniffing.PDF, pages)
