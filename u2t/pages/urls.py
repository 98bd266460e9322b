from django.urls import path

from u2t.pages import views

app_name = "pages"
urlpatterns = [
    path("language", views.language, name="language"),
    path("gallery", views.gallery, name="gallery"),
]
