"""The placement of a round and the plans computed for it."""

from django.urls import path

from u2t.placement.views import plans

urlpatterns = [
    path("<slug:round_code>", plans.placement, name="placement"),
    path("<slug:round_code>/plans", plans.ask, name="ask"),
    path("<slug:round_code>/people", plans.people, name="people"),
    path("<slug:round_code>/runs/<int:number>", plans.run, name="run"),
    path("<slug:round_code>/runs/<int:number>/people", plans.people, name="run_people"),
    path("<slug:round_code>/runs/<int:number>/adoption", plans.adoption, name="adoption"),
    path("<slug:round_code>/runs/<int:number>/adopt", plans.adopt, name="adopt"),
    path("<slug:round_code>/runs/<int:number>/discard", plans.discard, name="discard"),
]
