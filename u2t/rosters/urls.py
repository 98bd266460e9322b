from django.urls import path, re_path

from u2t.rosters import views

app_name = "rosters"
urlpatterns = [
    path("<slug:round_code>/", views.rosters, name="rosters"),
    path("<slug:round_code>/<int:pk>", views.roster, name="roster"),
    path("<slug:round_code>/<int:pk>/accept", views.accept, name="accept"),
    path("<slug:round_code>/<int:pk>/discard", views.discard, name="discard"),
    path("<slug:round_code>/<int:pk>/check-again", views.recheck, name="recheck"),
    path("<slug:round_code>/<int:pk>/findings.xlsx", views.findings, name="findings"),
    path("<slug:round_code>/<slug:kind>/upload", views.upload, name="upload"),
    path("<slug:round_code>/<slug:kind>/send", views.send, name="send"),
    re_path(
        r"^(?P<round_code>[-\w]+)/(?P<kind>\w+)/template\.(?P<form>xlsx|csv)$",
        views.template,
        name="template",
    ),
]
