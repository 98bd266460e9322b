from django.urls import URLPattern, path

from u2t.orientation.views import attendance, desk, groups, own, sessions
from u2t.pages.declare import either

_ROUND = "<slug:round_code>"
_SESSION = f"{_ROUND}/sessions/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_ROUND}/", sessions.sessions, name="sessions"),
    path(f"{_ROUND}/rules", either(get=sessions.plan, post=sessions.set_plan), name="plan"),
    path(f"{_ROUND}/sessions/new", either(get=sessions.new, post=sessions.add), name="new_session"),
    path(_SESSION, sessions.session, name="session"),
    path(f"{_SESSION}/edit", either(get=sessions.edit, post=sessions.change), name="edit_session"),
    path(f"{_SESSION}/copy", either(get=sessions.copying, post=sessions.copy), name="copy_session"),
    path(f"{_SESSION}/cancel", either(get=sessions.cancelling, post=sessions.cancel), name="cancel_session"),
    path(f"{_SESSION}/restore", sessions.restore, name="restore_session"),
    path(
        f"{_SESSION}/materials", either(get=sessions.materials, post=sessions.add_material), name="materials"
    ),
    path(f"{_SESSION}/materials/<int:material>", sessions.material, name="material"),
    path(f"{_SESSION}/materials/<int:material>/remove", sessions.remove_material, name="remove_material"),
    path(f"{_ROUND}/groups", either(get=groups.groups, post=groups.make), name="groups"),
    path(f"{_ROUND}/groups/drop", either(get=groups.dropping, post=groups.drop), name="drop_groups"),
    path(f"{_ROUND}/groups/move", groups.move, name="move_to_group"),
    path(f"{_ROUND}/programme", own.programme, name="programme"),
    path(f"{_ROUND}/programme.ics", own.calendar, name="calendar"),
    path(f"{_ROUND}/desk", desk.desk, name="desk"),
    path(f"{_ROUND}/desk-list", desk.packed, name="desk_list"),
    path(f"{_ROUND}/desk-worker.js", desk.worker, name="desk_worker"),
    path(f"{_ROUND}/scans", desk.scans, name="scans"),
    path(f"{_ROUND}/by-hand", either(get=desk.by_hand, post=desk.check_in), name="by_hand"),
    path(f"{_ROUND}/attendance", attendance.board, name="attendance"),
    path(f"{_ROUND}/attendance.xlsx", attendance.workbook, name="attendance_file"),
    path(f"{_ROUND}/attendance/devices", attendance.devices, name="devices"),
    path(f"{_SESSION}/seen/<int:number>", attendance.seen, name="seen"),
    path(f"{_ROUND}/scans/<uuid:scan>/void", attendance.void, name="void_scan"),
]
