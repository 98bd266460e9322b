"""Addresses of verification: /verify/…"""

from django.urls import path

from u2t.seals import views

app_name = "seals"
urlpatterns = [
    path("", views.verify, name="verify"),
    path("offline", views.offline, name="offline"),
    path("worker.js", views.worker, name="worker"),
    path("keys.json", views.keys, name="keys"),
]
