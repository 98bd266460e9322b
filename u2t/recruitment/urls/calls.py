from django.urls import URLPattern, path

from u2t.recruitment.views import calls, calls_board, calls_bringing, calls_composing

_CALL = "<slug:round_code>/<int:call>"
urlpatterns: list[URLPattern] = [
    path("<slug:round_code>/", calls.calls, name="calls"),
    path("<slug:round_code>/draft", calls_composing.new_call, name="new_call"),
    path(_CALL, calls.call, name="call"),
    path(f"{_CALL}/edit", calls_composing.edit_call, name="edit_call"),
    path(f"{_CALL}/edit/refill", calls_composing.refill, name="refill"),
    path(f"{_CALL}/edit/<slug:part>", calls_composing.edit_call, name="edit_part"),
    path(f"{_CALL}/seed", calls_composing.seed, name="seed"),
    path(f"{_CALL}/publish", calls_composing.publish, name="publish"),
    path(f"{_CALL}/cancel", calls_composing.cancel, name="cancel"),
    path(f"{_CALL}/board", calls_board.board, name="board"),
    path(f"{_CALL}/board.xlsx", calls_board.board_xlsx, name="board_xlsx"),
    path(f"{_CALL}/bring-in", calls_bringing.bring_in, name="bring_in"),
    path(f"{_CALL}/bring-in/template.xlsx", calls_bringing.template, name="bring_in_template"),
]
