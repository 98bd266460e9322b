"""The words of handover: objections and the fields of a letter."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from u2t.objections import Objection

WORDS = {
    "has_letter": _("%(handover)s already has letter no. %(letter)s. Cancel that one first to issue another."),
    "no_date": _("%(handover)s has no handover date. Set the date first; the letter says it."),
    "no_receiver": _("%(agency)s does not take part in the round as receiver for %(handover)s. Choose another one."),
    "no_workers": _("Nobody is placed yet for %(handover)s. Place the workers first."),
    "no_manager": _("%(tambon)s has no project manager (PM). Appoint one in the placement first."),
    "no_prefix": _(
        "The letter code (ที่ …) of %(institution)s has not been "
        "entered. Enter it in the institution's details."
    ),
    "no_address": _(
        "The address of %(institution)s for letters has not been "
        "entered. Enter it in the institution's details."
    ),
    "no_owner": _(
        "The office of %(institution)s that owns the letters has not been "
        "entered. Enter it in the institution's details."
    ),
    "no_signer": _(
        "Who signs letters of %(institution)s has not been "
        "entered. Enter it in the institution's details."
    ),
    "no_signer_post": _(
        "The post of the signer of %(institution)s has not been "
        "entered. Enter it in the institution's details."
    ),
    "no_host": _("%(tambon)s has no main host agency, so nobody can receive its team. Choose the main host first."),
    "not_planned": _("%(handover)s has no handover yet. Plan the missing handovers first."),
    "not_issued": _("The letter of %(handover)s has not been issued yet."),
    "no_letters": _("No letter of this round has been issued yet. Issue letters first."),
    "letter_says_so": _(
        "Letter no. %(letter)s for %(handover)s already says so. "
        "Cancel the letter before changing it."
    ),
    "is_done": _("%(handover)s has already been handed over."),
    "has_workers": _("%(handover)s has workers to hand over, so it stays on the list."),
    "had_letter": _("%(handover)s has letters in the register, so it stays on the list."),
    "not_yet": _("The handover date of %(handover)s lies ahead. Mark it as handed over on that day or later."),
    "date_far_off": _("The year %(year)s lies too far from the round. Check the year of the date."),
    "receiver_fixed": _(
        "%(handover)s: data managers are received by the agency where "
        "they sit. Move them in the placement instead."
    ),
    "no_reason": _("Say why the letter is cancelled. The register keeps the reason."),
    "already_cancelled": _("Letter no. %(letter)s has already been cancelled."),
    "file_gone": _("The printed file is no longer there. Print the letters again."),
    "emblem_gone": _(
        "The emblem that this letter carries (%(file)s) is missing from the file store. "
        "Restore it from the backup."
    ),
    "nothing_chosen": _("No handover was chosen. Tick the ones that you mean."),
    "no_such_round": _("There is no round with the code %(code)s."),
    "out_unwritable": _("The folder %(folder)s cannot be written to: %(problem)s"),
    "letters_missing": _("Letter %(letter)s lacks a part that every letter must have."),
    "letters_no_glyph": _(
        "Letter %(letter)s contains the character “%(character)s” (%(code)s), which the typeface of "
        "letters does not have, near “%(text)s”. Correct it where it was entered."
    ),
    "letters_emblem_unreadable": _(
        "The emblem of the institution is not a readable "
        "picture. Upload a PNG, JPEG or SVG file."
    ),
    "letters_table_too_wide": _(
        "The list of letter %(letter)s has %(columns)s "
        "columns; at most %(at_most)s fit on a page."
    ),
    "letters_unbalanced_brace": _("The brace “%(brace)s” at position %(position)s has no partner, near “%(near)s”."),
    "letters_unknown_field": _("There is no field {%(name)s}. The fields are: %(known)s"),
    "text_empty": _("The letter needs a subject, a closing and at least one paragraph."),
}  # fmt: skip

FIELDS = {
    "institution": _("name of the institution"),
    "office": _("office that owns the letter"),
    "project": _("the round as a project"),
    "receiver": _("agency that receives"),
    "province": _("province"),
    "count": _("how many workers"),
    "categories": _("workers by category"),
    "starts_on": _("first day of work"),
    "ends_on": _("last day of work"),
    "months": _("how many months"),
    "handed_on": _("handover date"),
    "tambon": _("tambon, name only"),
    "place": _("tambon with district and province"),
    "managers": _("project managers"),
}


def as_ours(objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """Objections of the press under codes that this part words: ``letters.no_glyph`` → ``handover.letters_no_glyph``."""
    return tuple(
        Objection(f"handover.{objection.code.replace('.', '_')}", objection.about, objection.field)
        for objection in objections
    )
