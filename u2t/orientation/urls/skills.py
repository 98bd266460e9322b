from django.urls import URLPattern, path

from u2t.orientation.views import certificates, completion, passes, sheets, skills
from u2t.pages.declare import either

_ROUND = "<slug:round_code>"
_CERTIFICATES = f"{_ROUND}/certificates"
_SKILLS = f"{_ROUND}/skills"

urlpatterns: list[URLPattern] = [
    path("p/<str:token>", passes.shown_pass, name="pass"),
    path(f"{_ROUND}/me", passes.mine, name="my_pass"),
    path(f"{_ROUND}/passes", passes.listed, name="passes"),
    path(f"{_ROUND}/passes/issue", passes.issue, name="issue_passes"),
    path(f"{_ROUND}/passes/renew", passes.renew, name="renew_pass"),
    path(f"{_ROUND}/badges.pdf", passes.badges, name="badges"),
    path(f"{_ROUND}/badges/all", passes.all_badges, name="all_badges"),
    path(f"{_ROUND}/badges/<uuid:bundle>.pdf", passes.badge_file, name="badge_file"),
    path(f"{_ROUND}/sessions/<int:pk>/sheet.pdf", sheets.sheet, name="sheet"),
    path(f"{_ROUND}/completion", completion.standing, name="completion"),
    path(f"{_ROUND}/completion.xlsx", completion.standing_file, name="completion_file"),
    path(f"{_ROUND}/results", either(get=completion.results, post=completion.note_results), name="results"),
    path(_CERTIFICATES, certificates.register, name="certificates"),
    path(f"{_CERTIFICATES}/issue", certificates.issue, name="issue_certificates"),
    path(f"{_CERTIFICATES}/print", certificates.print_all, name="print_certificates"),
    path(
        f"{_CERTIFICATES}/wording",
        either(get=certificates.wording, post=certificates.word),
        name="certificate_wording",
    ),
    path(f"{_CERTIFICATES}/<int:pk>.pdf", certificates.paper, name="certificate"),
    path(
        f"{_CERTIFICATES}/<int:pk>/revoke",
        either(get=certificates.revoking, post=certificates.revoke),
        name="revoke_certificate",
    ),
    path(f"{_CERTIFICATES}/printed/<uuid:bundle>", certificates.bundle, name="certificate_bundle"),
    path(
        f"{_CERTIFICATES}/printed/<uuid:bundle>/certificates.<slug:ending>",
        certificates.bundle_file,
        name="certificate_bundle_file",
    ),
    path(_SKILLS, skills.matrix, name="skills"),
    path(f"{_SKILLS}.xlsx", skills.matrix_file, name="skills_file"),
    path(f"{_SKILLS}/areas", either(get=skills.areas, post=skills.set_areas), name="areas"),
    path(f"{_SKILLS}/courses", skills.courses, name="courses"),
    path(f"{_SKILLS}/courses/new", either(get=skills.new_course, post=skills.add_course), name="new_course"),
    path(
        f"{_SKILLS}/courses/<int:pk>",
        either(get=skills.course, post=skills.change_course),
        name="course",
    ),
    path(f"{_SKILLS}/courses/<int:pk>/close", skills.close_course, name="close_course"),
    path(f"{_SKILLS}/evidence", skills.waiting, name="evidence"),
    path(f"{_SKILLS}/evidence/<int:pk>", skills.one, name="enrolment"),
    path(f"{_SKILLS}/evidence/<int:pk>/file", skills.file, name="evidence_file"),
    path(f"{_SKILLS}/evidence/<int:pk>/decide", skills.decide, name="decide_evidence"),
    path(f"{_SKILLS}/mine", skills.mine, name="my_skills"),
    path(f"{_SKILLS}/mine/enrol", skills.enrol, name="enrol"),
    path(f"{_SKILLS}/mine/leave", skills.leave, name="leave"),
    path(f"{_SKILLS}/mine/<int:pk>", either(get=skills.handing_in, post=skills.hand_in), name="hand_in"),
]
