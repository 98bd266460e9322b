from django.urls import path

from u2t.agencies.views import accounts, register

app_name = "agencies"
urlpatterns = [
    path("<int:pk>/change", register.change, name="change"),
    path("<int:pk>/contacts/add", register.add_contact, name="add_contact"),
    path("<int:pk>/contacts/end", register.end_contact, name="end_contact"),
    path("<slug:round_code>/add", register.add, name="add"),
    path("<slug:round_code>/<int:pk>", register.part, name="part"),
    path("<slug:round_code>/accounts", accounts.accounts, name="accounts"),
    path("<slug:round_code>/accounts/open", accounts.open_missing, name="open_missing"),
    path("<slug:round_code>/accounts/do", accounts.do, name="do"),
]
