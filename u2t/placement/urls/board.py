"""The map-like board: every tambon as a tile, and trying a change on it."""

from django.urls import path

from u2t.placement.views import board

urlpatterns = [
    path("<slug:round_code>/board", board.board, name="board"),
    path("<slug:round_code>/board/tambons/<str:tambon_code>", board.tambon, name="board_tambon"),
    path("<slug:round_code>/board/people/<int:number>/try", board.try_person, name="board_try"),
    path(
        "<slug:round_code>/board/people/<int:number>/to/<str:tambon_code>",
        board.into,
        name="board_into",
    ),
]
