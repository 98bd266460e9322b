from django.urls import path

from u2t.jobs import views

app_name = "jobs"
urlpatterns = [path("<uuid:job_id>", views.job, name="job")]
