from django.urls import path

from u2t.handover.views import lists, one, papers
from u2t.pages.declare import either

app_name = "handover"
urlpatterns = [
    path("<slug:round_code>", lists.handovers, name="handovers"),
    path("<slug:round_code>/plan", lists.plan, name="plan"),
    path("<slug:round_code>/many/<slug:verb>", either(get=lists.bulk, post=lists.do_bulk), name="bulk"),
    path("<slug:round_code>/<int:pk>", one.handover, name="handover"),
    path("<slug:round_code>/<int:pk>/date", one.set_date, name="set_date"),
    path("<slug:round_code>/<int:pk>/issue", one.issue, name="issue"),
    path("<slug:round_code>/<int:pk>/done", one.done, name="done"),
    path("<slug:round_code>/<int:pk>/undo", one.undo, name="undo"),
    path("<slug:round_code>/<int:pk>/remove", one.remove, name="remove"),
    path(
        "<slug:round_code>/<int:pk>/receiver",
        either(get=one.receiver, post=one.change_receiver),
        name="receiver",
    ),
    path("<slug:round_code>/<int:pk>/draft.pdf", papers.draft, name="draft"),
    path("<slug:round_code>/letters/<int:pk>.pdf", papers.letter, name="letter"),
    path(
        "<slug:round_code>/letters/<int:pk>/cancel",
        either(get=papers.cancel, post=papers.cancel_letter),
        name="cancel",
    ),
    path("<slug:round_code>/register", papers.numbers, name="register"),
    path("<slug:round_code>/register.xlsx", papers.numbers_file, name="register_file"),
    path("<slug:round_code>/texts", papers.wordings, name="texts"),
    path(
        "<slug:round_code>/texts/<slug:kind>",
        either(get=papers.wording, post=papers.change_wording),
        name="text",
    ),
    path("<slug:round_code>/bundles", papers.bundles, name="bundles"),
    path("<slug:round_code>/bundles/make", papers.make_bundle, name="make_bundle"),
    path("<slug:round_code>/bundles/<int:pk>", papers.bundle, name="bundle"),
    path(
        "<slug:round_code>/bundles/<int:pk>/letters.pdf",
        papers.bundle_file,
        {"ending": "pdf"},
        name="bundle_pdf",
    ),
    path(
        "<slug:round_code>/bundles/<int:pk>/letters.zip",
        papers.bundle_file,
        {"ending": "zip"},
        name="bundle_zip",
    ),
]
