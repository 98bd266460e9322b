"""What humans pinned, what cannot be filled, two plans beside each other."""

from django.urls import path

from u2t.placement.views import compare, holds

urlpatterns = [
    path("<slug:round_code>/compare", compare.compare, name="compare"),
    path("<slug:round_code>/compare.xlsx", compare.compare_table, name="compare_table"),
    path("<slug:round_code>/shortages", compare.shortages, name="shortages"),
    path("<slug:round_code>/holds", holds.holds, name="holds"),
    path("<slug:round_code>/holds/new", holds.hold_many, name="hold_many"),
    path("<slug:round_code>/holds/release", holds.release_many, name="release_many"),
    path("<slug:round_code>/people/<int:number>/hold", holds.hold, name="hold"),
    path("<slug:round_code>/people/<int:number>/release", holds.release, name="release"),
    path(
        "<slug:round_code>/tambons/<str:tambon_code>/leaders/<int:lecturer>/hold",
        holds.hold_leader,
        name="hold_leader",
    ),
    path(
        "<slug:round_code>/tambons/<str:tambon_code>/leaders/<int:lecturer>/release",
        holds.release_leader,
        name="release_leader",
    ),
]
