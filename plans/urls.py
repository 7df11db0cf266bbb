"""Addresses of plans; a word under /plannen/ that is a page and no plan stands in `plans.models.plan.RESERVED_SLUGS`."""

from django.urls import URLPattern, URLResolver, path, re_path

from core.limits import limited
from plans.views import (
    agreed,
    assignments,
    exchange,
    following,
    lists,
    milestones,
    organisation,
    pages,
    progress,
)

app_name = "plans"

# Who asked whom for what, and how much work that is.
asked: list[URLPattern | URLResolver] = [
    path("opgaven/", agreed.challenge_list, name="challenges"),
    path("opgaven/nieuw/", agreed.challenge_add, name="challenge_add"),
    path("opgaven/<slug:slug>/", agreed.challenge, name="challenge"),
    path("opgaven/<slug:slug>/wijzigen/", agreed.challenge_change, name="challenge_change"),
    path("opdrachten/", assignments.assignment_list, name="assignments"),
    re_path(
        r"^opdrachten/tabel\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(assignments.table),
        name="assignment_table",
    ),
    path("opdrachten/nieuw/", assignments.assignment_add, name="assignment_add"),
    path("opdrachten/<uuid:uuid>/", assignments.assignment, name="assignment"),
    path("opdrachten/<uuid:uuid>/wijzigen/", assignments.assignment_change, name="assignment_change"),
    path("opdrachten/<uuid:uuid>/<slug:word>/", assignments.step, name="assignment_step"),
    path("teams/", agreed.team_list, name="teams"),
    path("teams/<slug:slug>/", agreed.board, name="team"),
    path("teams/<slug:slug>/dagen/", agreed.team_months, name="team_months"),
]
# What a team tells of its own work.
told: list[URLPattern | URLResolver] = [
    path("<slug:slug>/acties/<int:number>/opvolgen/", following.overview, name="following"),
    path("<slug:slug>/acties/<int:number>/stand/", following.stands, name="stands"),
    path("<slug:slug>/acties/<int:number>/nieuws/", following.news_new, name="news_new"),
    path("<slug:slug>/acties/<int:number>/ongewijzigd/", following.unchanged, name="unchanged"),
    path("<slug:slug>/acties/<int:number>/nieuws/<uuid:identifier>/", following.news_edit, name="news_edit"),
    path(
        "<slug:slug>/acties/<int:number>/nieuws/<uuid:identifier>/weg/",
        following.news_remove,
        name="news_remove",
    ),
    path("<slug:slug>/acties/<int:number>/stappen/", following.step_new, name="step_new"),
    path("<slug:slug>/acties/<int:number>/stappen/<int:key>/", following.step_edit, name="step"),
    path("<slug:slug>/acties/<int:number>/stappen/<int:key>/gedaan/", following.step_done, name="step_done"),
    path("<slug:slug>/acties/<int:number>/stappen/<int:key>/weg/", following.step_remove, name="step_remove"),
    path("<slug:slug>/acties/<int:number>/voortgang/", progress.of_action, name="progress_of_action"),
    path("<slug:slug>/doelen/<uuid:identifier>/voortgang/", progress.of_goal, name="progress_of_goal"),
    path("<slug:slug>/voortgang/", progress.entries, name="progress"),
    path("<slug:slug>/voortgang/nieuw/", progress.of_plan, name="progress_of_plan"),
    path("<slug:slug>/voortgang/<int:key>/", progress.edit, name="progress_edit"),
    path("<slug:slug>/voortgang/<int:key>/weg/", progress.remove, name="progress_remove"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *asked,
    *told,
    path("", lists.plan_list, name="list"),
    re_path(
        r"^tabel\.(?P<extension>csv|xlsx)$", limited("tables", per_minute=30)(lists.table), name="list_table"
    ),
    path("inlezen/", exchange.upload, name="import"),
    path("inlezen/<uuid:uuid>/", exchange.check, name="import_check"),
    path("mijlpalen/", milestones.milestone_list, name="milestones"),
    path("mijlpalen/nieuw/", milestones.add, name="milestone_add"),
    path("mijlpalen/<uuid:identifier>/", milestones.milestone, name="milestone"),
    path("mijlpalen/<uuid:identifier>/wijzigen/", milestones.change, name="milestone_change"),
    path("mijlpalen/<uuid:identifier>/weg/", milestones.remove, name="milestone_remove"),
    path("gebiedswerking/<slug:slug>/", organisation.organisation, name="organisation"),
    path("gebiedswerking/<slug:slug>/afspreken/", organisation.agree, name="organisation_agree"),
    path("gebiedswerking/<slug:slug>/<int:key>/", organisation.change, name="organisation_change"),
    path("gebiedswerking/<slug:slug>/<int:key>/weg/", organisation.remove, name="organisation_remove"),
    # A plan, by its word: behind every page that is none.
    path("<slug:slug>/", pages.detail, name="detail"),
    path("<slug:slug>/acties/<int:number>/", pages.action, name="action"),
    path("<slug:slug>/versies/<int:number>/", pages.version, name="version"),
    re_path(
        r"^(?P<slug>[-a-zA-Z0-9_]+)/tabel\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(exchange.table),
        name="table",
    ),
    path("<slug:slug>/plan.jsonld", limited("tables", per_minute=30)(exchange.linked), name="linked"),
]
