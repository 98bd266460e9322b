from django.urls import path, re_path

from u2t.placement.views import board, leaving, people

app_name = "placement"
urlpatterns = [
    path("<slug:round_code>", board.placement, name="placement"),
    path("<slug:round_code>/plans", board.ask, name="ask"),
    path("<slug:round_code>/people", board.people, name="people"),
    re_path(r"^(?P<round_code>[-\w]+)/placement\.(?P<kind>xlsx|csv)$", people.table, name="table"),
    path("<slug:round_code>/runs/<int:number>", board.run, name="run"),
    path("<slug:round_code>/runs/<int:number>/people", board.people, name="run_people"),
    path("<slug:round_code>/runs/<int:number>/adoption", board.adoption, name="adoption"),
    path("<slug:round_code>/runs/<int:number>/adopt", board.adopt, name="adopt"),
    path("<slug:round_code>/people/<int:number>/why", people.why, name="why"),
    path("<slug:round_code>/people/<int:number>/change", people.change, name="change"),
    path("<slug:round_code>/people/<int:number>/leave", leaving.leave, name="leave"),
    path("<slug:round_code>/tambons/<str:tambon_code>/leaders", people.leaders, name="leaders"),
]
