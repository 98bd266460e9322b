from django.urls import path

from u2t.recruitment.views import kept, papers

_ONE = "<slug:round_code>/<int:call>/applications/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/papers", papers.papers, name="papers"),
    path(f"{_ONE}/papers/<int:document>", papers.paper, name="paper"),
    path(f"{_ONE}/papers/<int:document>/remove", papers.remove_paper, name="remove_paper"),
    path(f"{_ONE}/papers/uploads", papers.begin_upload, name="begin_upload"),
    path(f"{_ONE}/papers/uploads/<uuid:upload>", papers.upload, name="upload"),
    path(f"{_ONE}/papers/uploads/<uuid:upload>/finish", papers.finish_upload, name="finish_upload"),
    path(f"{_ONE}/kept", kept.kept, name="kept"),
    path(f"{_ONE}/kept.json", kept.kept_file, name="kept_file"),
    path("<slug:round_code>/retention", kept.retention, name="retention"),
    path("<slug:round_code>/<int:call>/hold", kept.hold, name="hold"),
    path("<slug:round_code>/holds/<int:hold>/end", kept.end_hold, name="end_hold"),
]
