from django.urls import path

from u2t.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<uuid:job_id>", views.job, name="job"),
    path("<uuid:job_id>/pause", views.pause, name="pause"),
    path("<uuid:job_id>/resume", views.resume, name="resume"),
]
