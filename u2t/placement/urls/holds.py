"""What humans pinned, what cannot be filled, two plans beside each other."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
