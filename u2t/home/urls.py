from django.urls import path

from u2t.home.views import front, lists, mine, vacancies

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("mine", mine.mine, name="mine"),
    path("search", front.search, name="search"),
    path("rounds/<slug:round_code>", front.round, name="round"),
    path("rounds/<slug:round_code>/tambons", lists.tambons, name="tambons"),
    path("rounds/<slug:round_code>/tambons/<str:tambon_code>", lists.tambon, name="tambon"),
    path("rounds/<slug:round_code>/workers", lists.workers, name="workers"),
    path("rounds/<slug:round_code>/workers/<int:number>", lists.worker, name="worker"),
    path("rounds/<slug:round_code>/lecturers", lists.lecturers, name="lecturers"),
    path("rounds/<slug:round_code>/lecturers/<int:pk>", lists.lecturer, name="lecturer"),
    path("rounds/<slug:round_code>/agencies", lists.agencies, name="agencies"),
    path("rounds/<slug:round_code>/vacancies", vacancies.vacancies, name="vacancies"),
    path("rounds/<slug:round_code>/vacancies/further-call", vacancies.further_call, name="further_call"),
    path("rounds/<slug:round_code>/vacancies.xlsx", vacancies.workbook, name="vacancies_xlsx"),
    path("agency/<int:pk>", lists.agency, name="agency"),
]
