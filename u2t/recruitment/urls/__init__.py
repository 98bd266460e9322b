"""Addresses of recruitment: /recruitment/ROUND/CALL/…; each stretch of the way keeps its own list."""

from u2t.recruitment.urls import applying, assessing, calls, papers, results

app_name = "recruitment"
urlpatterns = [
    *applying.urlpatterns,
    *papers.urlpatterns,
    *assessing.urlpatterns,
    *results.urlpatterns,
    *calls.urlpatterns,
]
