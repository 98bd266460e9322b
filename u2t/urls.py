"""One URL prefix per part, the same word as the package."""

from django.urls import include, path

urlpatterns = [
    path("", include("u2t.home.urls")),
    path("", include("u2t.pages.urls")),
    path("jobs/", include("u2t.jobs.urls")),
    path("verify/", include("u2t.seals.urls")),
    path("programme/", include("u2t.programme.urls")),
    path("people/", include("u2t.people.urls")),
    path("agencies/", include("u2t.agencies.urls")),
    path("recruitment/", include("u2t.recruitment.urls")),
    path("orientation/", include("u2t.orientation.urls")),
    path("rosters/", include("u2t.rosters.urls")),
    path("placement/", include("u2t.placement.urls")),
    path("handover/", include("u2t.handover.urls")),
]

handler400 = "u2t.pages.views.bad_request"
handler403 = "u2t.pages.views.forbidden"
handler404 = "u2t.pages.views.not_found"
handler500 = "u2t.pages.views.broken"
