"""Letters, the register, and all letters of a round in one go."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from u2t.handover import forms, permissions, printing, texts, words
from u2t.handover.actions import bundling, issuing, writing
from u2t.handover.models import Bundle, Handover, Letter, LetterText
from u2t.handover.queries import letters, register, standing
from u2t.handover.views.lists import round_of
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, shows
from u2t.pages.paging import chosen, page_of, typed
from u2t.programme.models import Round

PDF = "application/pdf"


def _pdf(content: bytes, name: str, *, as_attachment: bool = False) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment, name)}
    return HttpResponse(content, content_type=PDF, headers=headers)


def _letter(request: HttpRequest, round_code: str, pk: int) -> Letter:
    found = Letter.objects.select_related(
        "register", "handover__round__institution", "handover__receiver__agency"
    )
    return get_object_or_404(found, handover__round=round_of(round_code), pk=pk)


@shows()
def letter(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """An issued letter as PDF; a cancelled one only for those who see the register."""
    letter = _letter(request, round_code, pk)
    allow(
        permissions.may_see_all(request.user, letter.handover.round)
        or (letter.cancelled_at is None and permissions.may_see_handover(request.user, letter.handover))
    )
    return _pdf(printing.single(letter), printing.file_name(letter), as_attachment="download" in request.GET)


@shows()
def draft(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """The letter as it would be issued today, marked as a draft."""
    round = round_of(round_code)
    allow(permissions.may_see_all(request.user, round))
    handover = get_object_or_404(standing.handovers(round), pk=pk)
    return _pdf(printing.draft(handover, timezone.localdate()), f"draft-{handover.pk}.pdf")


@shows()
def cancel(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Ask why a letter is cancelled."""
    return _cancel_page(request, _letter(request, round_code, pk), forms.CancelForm())


@changes()
def cancel_letter(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Cancel it; its number stays used."""
    letter = _letter(request, round_code, pk)
    form = forms.CancelForm(request.POST)
    if not form.is_valid():
        return _cancel_page(request, letter, form)
    issuing.cancel_letter(letter=letter, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Letter no. %(letter)s was cancelled.") % {"letter": letter.reference})
    return redirect(letter.handover)


def _cancel_page(request: HttpRequest, letter: Letter, form: forms.CancelForm) -> HttpResponse:
    allow(permissions.may_hand_over(request.user, letter.handover.round))
    context = {"letter": letter, "form": form, "back_url": letter.handover.get_absolute_url()}
    return render(request, "handover/cancel.html", context)


@shows()
def numbers(request: HttpRequest, round_code: str) -> HttpResponse:
    """The register of letter numbers of the round's institution."""
    round = round_of(round_code)
    allow(permissions.may_see_all(request.user, round))
    years = register.years_of(round.institution)
    year, q = chosen(request, "year", [str(y) for y in years]), typed(request)
    found = register.found(register.of(round.institution), year, q)
    context = {
        "round": round, "years": years, "year": year, "q": q, "page": page_of(request, found),
        "is_filtered": bool(year or q), "total": register.of(round.institution).count(),
    }  # fmt: skip
    return render(request, "handover/register.html", context)


@shows()
def numbers_file(request: HttpRequest, round_code: str) -> HttpResponse:
    """The same as a workbook."""
    round = round_of(round_code)
    allow(permissions.may_see_all(request.user, round))
    years = [str(year) for year in register.years_of(round.institution)]
    found = register.found(register.of(round.institution), chosen(request, "year", years), typed(request))
    headers = {"Content-Disposition": content_disposition_header(True, f"{_('Register of letters')}.xlsx")}
    return HttpResponse(register.workbook(found), content_type=register.XLSX, headers=headers)


@shows()
def wordings(request: HttpRequest, round_code: str) -> HttpResponse:
    """What letters of each kind say."""
    round = round_of(round_code)
    allow(permissions.may_see_all(request.user, round))
    own = set(LetterText.objects.filter(round=round).values_list("kind", flat=True))
    said = letters.texts_of(round)
    kinds = [(kind, label, said[kind], kind in own) for kind, label in LetterText.Kind.choices]
    may_change = permissions.may_hand_over(request.user, round)
    return render(request, "handover/texts.html", {"round": round, "kinds": kinds, "may_change": may_change})


def _for_text(request: HttpRequest, round_code: str, kind: str) -> Round:
    round = round_of(round_code)
    allow(permissions.may_hand_over(request.user, round))
    if kind not in LetterText.Kind.values:
        raise Http404
    return round


@shows()
def wording(request: HttpRequest, round_code: str, kind: str) -> HttpResponse:
    """Write the wording of one kind of letter."""
    round = _for_text(request, round_code, kind)
    text = texts.USUAL[kind] if "usual" in request.GET else letters.texts_of(round)[kind]
    initial = {"subject": text.subject, "paragraphs": "\n\n".join(text.paragraphs), "closing": text.closing}
    return _wording_page(request, round, kind, forms.TextForm(kind=kind, initial=initial))


@changes()
def change_wording(request: HttpRequest, round_code: str, kind: str) -> HttpResponse:
    """Keep it."""
    round = _for_text(request, round_code, kind)
    form = forms.TextForm(request.POST, kind=kind)
    if not form.is_valid():
        return _wording_page(request, round, kind, form)
    writing.change_text(round=round, kind=kind, text=form.text, by=request.user, at=timezone.now())
    messages.success(request, _("The wording was saved. Letters already issued stay as they are."))
    return redirect("handover:texts", round.code)


def _wording_page(request: HttpRequest, round: Round, kind: str, form: forms.TextForm) -> HttpResponse:
    fields = [(name, words.FIELDS[name]) for name in texts.FIELDS[kind]]
    context = {
        "round": round, "kind": LetterText.Kind(kind), "form": form, "fields": fields,
        "back_url": reverse("handover:texts", args=[round.code]),
    }  # fmt: skip
    return render(request, "handover/text.html", context)


@shows()
def bundles(request: HttpRequest, round_code: str) -> HttpResponse:
    """What was printed in one go."""
    round = round_of(round_code)
    allow(permissions.may_see_all(request.user, round))
    made = (
        Bundle.objects.filter(round=round).exclude(made_at=None).select_related("asked_by__person", "round")
    )
    context = {
        "round": round,
        "page": page_of(request, made),
        "letters": letters.letters_of(round).count(),
        "handovers": Handover.objects.filter(round=round).count(),
        "may_change": permissions.may_hand_over(request.user, round),
    }
    return render(request, "handover/bundles.html", context)


@changes()
def make_bundle(request: HttpRequest, round_code: str) -> HttpResponse:
    """Print all letters; goes to the page that shows how far it is."""
    round = round_of(round_code)
    allow(permissions.may_hand_over(request.user, round))
    return redirect(bundling.ask_bundle(round=round, by=request.user, at=timezone.now()))


def _bundle(request: HttpRequest, round_code: str, pk: int) -> Bundle:
    round = round_of(round_code)
    allow(permissions.may_see_all(request.user, round))
    return get_object_or_404(Bundle.objects.select_related("asked_by__person", "round"), round=round, pk=pk)


@shows()
def bundle(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """The files, and what has no letter in them and why."""
    bundle = _bundle(request, round_code, pk)
    skipped = [
        {**item, "objections": [Objection(o["code"], o["about"]) for o in item["objections"]]}
        for item in bundle.skipped
    ]
    may_change = permissions.may_hand_over(request.user, bundle.round)
    context = {"round": bundle.round, "bundle": bundle, "skipped": skipped, "may_change": may_change}
    return render(request, "handover/bundle.html", context)


@shows()
def bundle_file(request: HttpRequest, round_code: str, pk: int, ending: str) -> FileResponse:
    """One of the two files."""
    bundle = _bundle(request, round_code, pk)
    file = bundle.pdf if ending == "pdf" else bundle.zip
    if not file or not file.storage.exists(file.name):
        raise Refused([Objection("handover.file_gone")])
    name = f"{_('letters')}-{bundle.round.code}.{ending}"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name)
