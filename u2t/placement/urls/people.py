"""One person, who leads a tambon, the placement as a table."""

from django.urls import path, re_path

from u2t.placement.views import leaving, people

urlpatterns = [
    re_path(r"^(?P<round_code>[-\w]+)/placement\.(?P<kind>xlsx|csv)$", people.table, name="table"),
    path("<slug:round_code>/people/<int:number>/why", people.why, name="why"),
    path("<slug:round_code>/people/<int:number>/change", people.change, name="change"),
    path("<slug:round_code>/people/<int:number>/leave", leaving.leave, name="leave"),
    path("<slug:round_code>/tambons/<str:tambon_code>/leaders", people.leaders, name="leaders"),
    path(
        "<slug:round_code>/tambons/<str:tambon_code>/leaders/<int:lecturer>/why",
        people.leader_why,
        name="leader_why",
    ),
]
