"""The register of advices, and each advice."""

from django.urls import path, re_path

from core.limits import limited
from councils.views import advices, answers, papers

app_name = "advices"

urlpatterns = [
    path("", advices.register, name="list"),
    re_path(
        r"^tabel\.(?P<extension>csv|xlsx)$", limited("tables", per_minute=30)(advices.table), name="table"
    ),
    path("nieuws.rss", advices.news, name="news"),
    path("nieuw/<slug:slug>/", advices.begin, name="begin"),
    path("concept/<uuid:identifier>/", advices.draft, name="draft"),
    path("concept/<uuid:identifier>/wijzigen/", advices.change, name="change"),
    path("concept/<uuid:identifier>/gegeven/", advices.adopt, name="adopt"),
    path("concept/<uuid:identifier>/intrekken/", advices.withdraw, name="withdraw"),
    path("<int:year>-<int:number>/", advices.detail, name="detail"),
    path("<int:year>-<int:number>/ontvangen/", advices.receive, name="receive"),
    path("<int:year>-<int:number>/antwoord/", answers.answer, name="answer"),
    path("<int:year>-<int:number>/antwoord/verbeteren/", answers.correct, name="correct"),
    path("<int:year>-<int:number>/antwoord/<int:serial>/", answers.version, name="answer_version"),
    re_path(
        r"^(?P<year>[0-9]{4})-(?P<number>[0-9]{1,9})/advies\.(?P<extension>pdf|docx)$",
        limited("papers", per_minute=30)(papers.advice),
        name="paper",
    ),
]
