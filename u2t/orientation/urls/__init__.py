"""Addresses of orientation: /orientation/ROUND/…"""

from u2t.orientation.urls import checking_in, skills

app_name = "orientation"
urlpatterns = [*skills.urlpatterns, *checking_in.urlpatterns]
