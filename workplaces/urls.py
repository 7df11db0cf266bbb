"""Work locations as a list and one by one."""

from django.urls import path, re_path

from core.limits import limited
from workplaces.views import edit, feeds, lists, office, pages, quality, teams

app_name = "workplaces"

urlpatterns = [
    path("", lists.location_list, name="list"),
    re_path(r"^tabel\.(?P<extension>csv|xlsx)$", limited("tables", per_minute=30)(lists.table), name="table"),
    path("nieuw/", edit.add, name="add"),
    path("import/", office.upload, name="import"),
    path("import/<uuid:uuid>/", office.check, name="import_check"),
    path("kwaliteit/", quality.quality, name="quality"),
    re_path(
        r"^kwaliteit/tabel\.(?P<extension>csv|xlsx)$",
        limited("tables", per_minute=30)(quality.quality_table),
        name="quality_table",
    ),
    path("kwaliteit/<slug:slug>/<slug:rule>/", quality.waive, name="waive"),
    path("teams/", teams.team_list, name="teams"),
    path("teams/<slug:slug>/", teams.members, name="team"),
    path("teams/<slug:slug>/<int:key>/", teams.leave, name="leave_team"),
    path("<slug:slug>/", pages.detail, name="detail"),
    path(
        "<slug:slug>/agenda.ics",
        limited("feeds", per_minute=60)(feeds.location_calendar),
        name="calendar",
    ),
    path("<slug:slug>/bewerken/", edit.section, name="edit"),
    path("<slug:slug>/bewerken/<slug:word>/", edit.section, name="edit_section"),
]
