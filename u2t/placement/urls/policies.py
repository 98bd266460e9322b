"""Rules under a name and what each would give."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
