"""Addresses of placement: /placement/ROUND/…; each stretch of the work keeps its own list."""

from u2t.placement.urls import board, holds, people, plans, policies, proofs, refills

app_name = "placement"
urlpatterns = [
    *policies.urlpatterns,
    *refills.urlpatterns,
    *holds.urlpatterns,
    *proofs.urlpatterns,
    *board.urlpatterns,
    *plans.urlpatterns,
    *people.urlpatterns,
]
