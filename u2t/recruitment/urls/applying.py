from django.urls import URLPattern, path

from u2t.recruitment.views import applying, applying_state

_ONE = "<slug:round_code>/<int:call>/applications/<int:pk>"
urlpatterns: list[URLPattern] = [
    path("mine", applying_state.mine, name="mine"),
    path("places", applying_state.places, name="places"),
    path("<slug:round_code>/<int:call>/register", applying.register, name="register"),
    path("<slug:round_code>/<int:call>/apply", applying.apply, name="apply"),
    path(_ONE, applying_state.application, name="application"),
    path(f"{_ONE}/step/<slug:step>", applying.step, name="step"),
    path(f"{_ONE}/submit", applying.submit, name="submit"),
    path(f"{_ONE}/receipt", applying_state.receipt, name="receipt"),
    path(f"{_ONE}/withdraw", applying_state.withdraw, name="withdraw"),
    path(f"{_ONE}/reopen", applying_state.reopen, name="reopen"),
    path(f"{_ONE}/new-password", applying_state.new_password, name="new_password"),
]
