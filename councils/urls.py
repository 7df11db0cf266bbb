"""Councils as a list and one by one."""

from django.urls import include, path, re_path

from core.limits import limited
from councils.views import (
    agreements,
    compare,
    evaluation,
    evaluation_paper,
    evening,
    exchange,
    feeds,
    keep,
    lists,
    meetings,
    oldfiles,
    pages,
    papers,
    votes,
)

app_name = "councils"
PAPER = "(?P<extension>pdf|docx)"
on_paper = limited("papers", per_minute=30)

EVALUATION = [
    path("", compare.evaluations, name="evaluations"),
    re_path(
        r"^tabel\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(compare.table),
        name="evaluations_table",
    ),
    path("nieuw/", evaluation.evaluation_new, name="evaluation_new"),
    path("<uuid:identifier>/", evaluation.evaluation_page, name="evaluation"),
    path(
        "<uuid:identifier>/verslag.pdf",
        limited("documents", per_minute=20)(evaluation.evaluation_pdf),
        name="evaluation_pdf",
    ),
    path("<uuid:identifier>/vragen/nieuw/", evaluation.question_edit, name="question_new"),
    path("<uuid:identifier>/vragen/<uuid:question>/", evaluation.question_edit, name="question"),
    path("<uuid:identifier>/vragen/<uuid:question>/weg/", evaluation.question_remove, name="question_remove"),
    path("<uuid:identifier>/openen/", evaluation.evaluation_open, name="evaluation_open"),
    path("<uuid:identifier>/sluiten/", evaluation.evaluation_close, name="evaluation_close"),
    path("<uuid:identifier>/antwoorden/<slug:slug>/", evaluation.evaluation_answer, name="evaluation_answer"),
    path("<uuid:identifier>/papier/<slug:slug>/", evaluation_paper.evaluation_paper, name="evaluation_paper"),
    path("<uuid:identifier>/herinneren/", evaluation.evaluation_remind, name="evaluation_remind"),
    path("<uuid:identifier>/geleerd/", evaluation.report_edit, name="evaluation_learned"),
    path("<uuid:identifier>/veranderen/nieuw/", evaluation.change_edit, name="change_new"),
    path("<uuid:identifier>/veranderen/<uuid:change>/", evaluation.change_edit, name="change"),
    path("<uuid:identifier>/veranderen/<uuid:change>/weg/", evaluation.change_remove, name="change_remove"),
    path("<uuid:identifier>/publiceren/", evaluation.evaluation_publish, name="evaluation_publish"),
]

urlpatterns = [
    path("", lists.council_list, name="list"),
    re_path(r"^tabel\.(?P<extension>csv|xlsx)$", limited("tables", per_minute=30)(lists.table), name="table"),
    path("evaluatie/", include(EVALUATION)),
    path("nieuw/", keep.found, name="found"),
    path("inlezen/", exchange.upload, name="import"),
    path("inlezen/<uuid:uuid>/", exchange.check, name="import_check"),
    path("<slug:slug>/", pages.detail, name="detail"),
    path("<slug:slug>/beheer/", keep.overview, name="keep"),
    path("<slug:slug>/beheer/<slug:word>/", keep.step, name="step"),
    path("<slug:slug>/beheer/<slug:word>/<int:key>/", keep.row, name="row"),
    path("<slug:slug>/regels/<slug:word>/", keep.rule, name="rule"),
    path("<slug:slug>/leden/<uuid:uuid>/<slug:word>/", keep.member, name="member"),
    path("<slug:slug>/afspraken/", agreements.agreement_list, name="agreements"),
    path("<slug:slug>/afspraken/<uuid:identifier>/", agreements.agreement_tick, name="agreement"),
    re_path(
        r"^(?P<slug>[-\w]+)/leden\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(exchange.table),
        name="members_table",
    ),
    path("<slug:slug>/vergaderingen/", meetings.meeting_list, name="meetings"),
    path("<slug:slug>/vergaderingen.ics", feeds.calendar, name="meetings_ics"),
    path("mijn/<str:token>.ics", limited("feeds", per_minute=60)(feeds.own_calendar), name="own_calendar"),
    path("<slug:slug>/vergaderingen/nieuw/", meetings.meeting_new, name="meeting_new"),
    path("<slug:slug>/vergaderingen/van-vroeger/", oldfiles.bring, name="old_files"),
    path("<slug:slug>/vergaderingen/kort/", meetings.light_form, name="light"),
    path("<slug:slug>/vergaderingen/<int:number>/", meetings.meeting, name="meeting"),
    path("<slug:slug>/vergaderingen/<int:number>/wijzigen/", meetings.meeting_edit, name="meeting_edit"),
    path("<slug:slug>/vergaderingen/<int:number>/doen/", meetings.meeting_do, name="meeting_do"),
    path("<slug:slug>/vergaderingen/<int:number>/kort/", meetings.light_form, name="light_edit"),
    path("<slug:slug>/vergaderingen/<int:number>/punt/", meetings.item, name="item_new"),
    path("<slug:slug>/vergaderingen/<int:number>/punt/<int:key>/", meetings.item, name="item"),
    path("<slug:slug>/vergaderingen/<int:number>/punt/<int:key>/doen/", meetings.item_do, name="item_do"),
    path("<slug:slug>/vergaderingen/<int:number>/punt/<int:key>/stemming/", votes.vote, name="vote_new"),
    path(
        "<slug:slug>/vergaderingen/<int:number>/punt/<int:key>/stemming/<int:vote>/", votes.vote, name="vote"
    ),
    path(
        "<slug:slug>/vergaderingen/<int:number>/punt/<int:key>/stemming/<int:vote>/weg/",
        votes.vote_remove,
        name="vote_remove",
    ),
    path("<slug:slug>/vergaderingen/<int:number>/avond/", evening.screen, name="evening"),
    path("<slug:slug>/vergaderingen/<int:number>/avond/doen/", evening.do, name="evening_do"),
    path("<slug:slug>/vergaderingen/<int:number>/goedkeuren/", meetings.approve, name="approve"),
    path("<slug:slug>/besluiten/<int:year>/<int:serial>/", meetings.decision, name="decision"),
    path(
        "<slug:slug>/besluiten/<int:year>/<int:serial>/wijzig/",
        meetings.decision_change,
        name="decision_change",
    ),
    re_path(
        rf"^(?P<slug>[-\w]+)/vergaderingen/(?P<number>[0-9]{{1,9}})/agenda\.{PAPER}$",
        on_paper(papers.agenda),
        name="agenda_paper",
    ),
    re_path(
        rf"^(?P<slug>[-\w]+)/vergaderingen/(?P<number>[0-9]{{1,9}})/brieven\.{PAPER}$",
        on_paper(papers.letters),
        name="letters_paper",
    ),
    re_path(
        rf"^(?P<slug>[-\w]+)/vergaderingen/(?P<number>[0-9]{{1,9}})/verslag\.{PAPER}$",
        on_paper(papers.minutes),
        name="minutes_paper",
    ),
    re_path(
        rf"^(?P<slug>[-\w]+)/besluiten/(?P<year>[0-9]{{4}})/(?P<serial>[0-9]{{1,9}})/uittreksel\.{PAPER}$",
        on_paper(papers.extract),
        name="extract_paper",
    ),
]
