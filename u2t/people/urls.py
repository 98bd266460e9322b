from django.urls import path

from u2t.people.views import access, accounts, registration

app_name = "people"
urlpatterns = [
    path("log-in", access.log_in, name="log_in"),
    path("log-out", access.log_out, name="log_out"),
    path("register", registration.register, name="register"),
    path("forgotten", registration.forgotten, name="forgotten"),
    path("forgotten/sent", registration.sent, name="forgotten_sent"),
    path("new-password/<str:key>/<str:token>", registration.new_password, name="new_password"),
    path("account", access.account, name="account"),
    path("password", access.password, name="password"),
    path("staff/<slug:institution_code>", accounts.staff, name="staff"),
    path("staff/<slug:institution_code>/end", accounts.end_duty, name="end_duty"),
    path("staff/<slug:institution_code>/do", accounts.staff_do, name="staff_do"),
    path("<slug:round_code>/accounts", accounts.accounts, name="accounts"),
    path("<slug:round_code>/accounts/open", accounts.open_missing, name="open_missing"),
    path("<slug:round_code>/accounts/do", accounts.do, name="do"),
    path("<slug:round_code>/workers/<int:number>/citizen-id", accounts.citizen_id, name="citizen_id"),
]
