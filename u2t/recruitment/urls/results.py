from django.urls import path

from u2t.recruitment.views import appeals, offers, results, selecting

_CALL = "<slug:round_code>/<int:call>"
_ONE = f"{_CALL}/applications/<int:pk>"
urlpatterns = [
    path(f"{_CALL}/selections", selecting.selections, name="selections"),
    path(f"{_CALL}/selections/select", selecting.select, name="select"),
    path(f"{_CALL}/selections/<int:number>", selecting.selection, name="selection"),
    path(f"{_CALL}/selections/<int:number>/<slug:verb>", selecting.step, name="selection_step"),
    path(f"{_CALL}/results", results.results, name="results"),
    path(f"{_CALL}/results.pdf", results.results_file, {"kind": "selected.pdf"}, name="results_pdf"),
    path(
        f"{_CALL}/results-reserves.pdf", results.results_file, {"kind": "reserves.pdf"}, name="reserves_pdf"
    ),
    path(f"{_CALL}/results.xlsx", results.results_file, {"kind": "xlsx"}, name="results_xlsx"),
    path(f"{_CALL}/offers", offers.offers, name="offers"),
    path(f"{_CALL}/offers/report-in", offers.report_in, name="report_in"),
    path(f"{_CALL}/offers/call-reserves", offers.call_reserves, name="call_reserves"),
    path(f"{_CALL}/offers/<int:offer>/<slug:verb>", offers.offer, name="offer"),
    path(f"{_CALL}/appeals", appeals.appeals, name="appeals"),
    path(f"{_CALL}/appeals/<int:pk>", appeals.answer, name="appeal_answer"),
    path(f"{_CALL}/appeals/<int:pk>/offer", appeals.offer, name="appeal_offer"),
    path(f"{_ONE}/appeal", results.appeal, name="appeal"),
    path(f"{_ONE}/offers/<int:offer>/<slug:verb>", results.answer, name="answer"),
]
