"""The placement board."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
