"""The words of every objection of this part."""

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "empty": _("%(name)s is empty. Choose the file again; perhaps it was still being saved."),
    "too_large": _(
        "%(name)s has %(size)s MB, and at most %(most)s MB can be taken. "
        "Photograph the paper with your phone's camera, or save a smaller copy."
    ),
    "unknown_kind": _("%(name)s is neither a picture nor a PDF. Give a photograph (JPEG, PNG) or a PDF."),
    "program": _("%(name)s is a program, whatever its name says. Give a photograph (JPEG, PNG) or a PDF."),
    "heic": _(
        "%(name)s is a HEIC picture, which can't be read here. On an iPhone choose Settings › Camera › "
        "Formats › Most Compatible and photograph again, or send a screenshot of the picture."
    ),
    "picture_broken": _(
        "%(name)s can't be opened: part of the picture is missing. Photograph the paper again."
    ),
    "picture_too_many_pixels": _(
        "%(name)s has far more pixels than a photographed paper needs. "
        "Set your camera to its usual size and photograph again."
    ),
    "pdf_broken": _("%(name)s can't be opened as a PDF. Save it again, or photograph the paper instead."),
    "pdf_locked": _("%(name)s is locked with a password. Give a copy without one, or photograph the paper."),
    "pdf_script": _("%(name)s contains a script. Print it to a new PDF, or photograph the paper."),
    "pdf_action": _(
        "%(name)s would start something when it is opened. Print it to a new PDF, or photograph the paper."
    ),
    "pdf_embedded": _("%(name)s carries other files inside. Give each paper as a file of its own."),
    "pdf_xfa": _(
        "%(name)s is a form that fills itself (XFA). Print it to a new PDF, or photograph the paper."
    ),
    "pdf_complex": _(
        "%(name)s is too intricate to be checked. Print it to a new PDF, or photograph the paper."
    ),
    "pdf_pages": _(
        "%(name)s has %(pages)s pages, and at most %(most)s can be taken. Give only the pages asked for."
    ),
    "erased": _("This file was erased when its time had passed; it can't be read any more."),
    "missing": _("This file is not in the vault. Tell whoever looks after the installation."),
    "damaged": _("This file was altered or damaged in the vault. Tell whoever looks after the installation."),
    "unknown_key": _(
        "This file was sealed with another key. Whoever looks after the installation must give the key back (U2T_VAULT_KEY)."
    ),
    "parts_missing": _("Parts of the file have not arrived. Send it again."),
}
