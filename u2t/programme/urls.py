from django.urls import path

from u2t.programme.views import institutions, rounds, tambons

app_name = "programme"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("open", rounds.open_round, name="open"),
    path("institutions/<slug:institution_code>", institutions.institution, name="institution"),
    path("institutions/<slug:institution_code>/emblem", institutions.emblem, name="emblem"),
    path("institutions/<slug:institution_code>/set-emblem", institutions.set_emblem, name="set_emblem"),
    path(
        "institutions/<slug:institution_code>/remove-emblem", institutions.remove_emblem, name="remove_emblem"
    ),
    path("<slug:round_code>", rounds.round, name="round"),
    path("<slug:round_code>/change", rounds.change, name="change"),
    path("<slug:round_code>/orientation", rounds.orientation, name="orientation"),
    path("<slug:round_code>/announce", rounds.announce, name="announce"),
    path("<slug:round_code>/withdraw", rounds.withdraw, name="withdraw"),
    path("<slug:round_code>/tambons", tambons.tambons, name="tambons"),
    path("<slug:round_code>/tambons/add", tambons.add_tambon, name="add_tambon"),
    path("<slug:round_code>/tambons/remove", tambons.remove_tambon, name="remove_tambon"),
]
