"""Rules under a name and what each would give."""

from django.urls import path, re_path

from u2t.placement.views import policies, studies

urlpatterns = [
    path("<slug:round_code>/policies", policies.policies, name="policies"),
    path("<slug:round_code>/policies/new", policies.policy_new, name="policy_new"),
    path("<slug:round_code>/policies/compare", studies.study_ask, name="study_ask"),
    path("<slug:round_code>/policies/<int:number>", policies.policy, name="policy"),
    path("<slug:round_code>/policies/<int:number>/use", policies.policy_use, name="policy_use"),
    path(
        "<slug:round_code>/policies/<int:number>/put-aside",
        policies.policy_put_aside,
        name="policy_put_aside",
    ),
    path("<slug:round_code>/studies/<int:number>", studies.study, name="study"),
    re_path(
        r"^(?P<round_code>[-\w]+)/studies/(?P<number>[0-9]{1,9})/rules\.(?P<kind>xlsx|csv)$",
        studies.study_table,
        name="study_table",
    ),
]
