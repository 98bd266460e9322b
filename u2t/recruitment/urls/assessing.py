from django.urls import path

from u2t.pages.declare import either
from u2t.recruitment.views.assessing import duplicates, exchange, interviewing, panels, screening

_CALL = "<slug:round_code>/<int:call>"
_ONE = f"{_CALL}/applications/<int:pk>"
_MINE = f"{_CALL}/interviews/<int:pk>"

urlpatterns = [
    path(f"{_CALL}/applications", screening.applications, name="applications"),
    path(f"{_CALL}/applications.xlsx", screening.workbook, name="applications_xlsx"),
    path(
        f"{_CALL}/applications/ready",
        either(get=screening.ask_pass_ready, post=screening.pass_ready),
        name="pass_ready",
    ),
    path(f"{_ONE}/screen", screening.screen, name="screen"),
    path(f"{_ONE}/check/<int:document>", screening.check_paper, name="check_paper"),
    path(f"{_ONE}/override", screening.override, name="override"),
    path(f"{_ONE}/decide", screening.decide, name="decide"),
    path(f"{_ONE}/citizen-id", screening.citizen_id, name="citizen_id"),
    path(f"{_ONE}/sheets", panels.sheets_of, name="sheets"),
    path(f"{_ONE}/sheets/time", panels.set_time, name="set_time"),
    path(f"{_ONE}/sheets/give", panels.give, name="give_interviewer"),
    path(f"{_ONE}/sheets/<int:interview>", panels.take_away, name="take_away"),
    path(f"{_CALL}/duplicates", duplicates.duplicates, name="duplicates"),
    path(f"{_CALL}/duplicates/decide", duplicates.decide, name="decide_pair"),
    path(f"{_CALL}/interviewers", panels.interviewers, name="interviewers"),
    path(f"{_CALL}/interviewers/appoint", panels.appoint, name="appoint"),
    path(f"{_CALL}/interviewers/<int:pk>/dismiss", panels.dismiss, name="dismiss"),
    path(f"{_CALL}/scores", panels.scores, name="scores"),
    path(f"{_CALL}/scores/assign", panels.assign, name="assign"),
    path(f"{_CALL}/scores/schedule", either(get=panels.ask_schedule, post=panels.schedule), name="schedule"),
    path(f"{_CALL}/scores/schedule/clear", panels.clear_times, name="clear_times"),
    path(f"{_CALL}/scores.xlsx", exchange.workbook, name="scores_xlsx"),
    path(f"{_CALL}/scores/bring", either(get=exchange.choose, post=exchange.check), name="bring_back"),
    path(f"{_CALL}/scores/bring/accept", exchange.accept, name="accept_back"),
    path(f"{_CALL}/interviews", interviewing.interviews, name="interviews"),
    path(_MINE, either(get=interviewing.interview, post=interviewing.save), name="interview"),
    path(f"{_MINE}/lock", either(get=interviewing.ask_lock, post=interviewing.lock), name="lock_interview"),
    path(
        f"{_MINE}/decline",
        either(get=interviewing.ask_decline, post=interviewing.decline),
        name="decline_interview",
    ),
]
