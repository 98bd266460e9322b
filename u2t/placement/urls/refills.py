"""Least-disturbing answers to a change."""

from django.urls import path

from u2t.placement.views import refills

urlpatterns = [
    path("<slug:round_code>/refills", refills.refills, name="refills"),
    path("<slug:round_code>/refills/new", refills.refill_new, name="refill_new"),
    path("<slug:round_code>/refills/<int:number>", refills.refill, name="refill"),
]
