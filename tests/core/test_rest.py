"""The API: the version of a thing is its ETag, and what a verb refuses is answered in one shape."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Refusal
from django.http import Http404
from django.test import Client
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from core.rest import answer_refusal
from core.verbs import Conflict, Refused
from tests.conftest import Land
from tests.workplaces.conftest import library as library
from tests.workplaces.conftest import make_location as make_location
from workplaces.models import WorkLocation

SignIn = Callable[[str], Client]
JSON = "application/json"


@pytest.fixture(params=["werklocaties", "gebieden"])
def thing(request: pytest.FixtureRequest, land: Land, library: WorkLocation) -> str:
    """The address of something with a version, of each app that has such."""
    found = library if request.param == "werklocaties" else land["bergen"]
    return f"/api/v1/{request.param}/{found.uuid}/"


def test_the_version_is_in_the_etag(client: Client, thing: str) -> None:
    answer = client.get(thing)
    version = answer.json()["properties"]["version"]
    assert answer["ETag"].startswith(f'"{version}~')
    assert client.get(thing)["ETag"] == answer["ETag"]


def test_who_has_it_gets_no_body(client: Client, thing: str) -> None:
    tag = client.get(thing)["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = client.get(thing, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert client.get(thing, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_is_around_a_thing_is_in_its_etag_too(client: Client, land: Land) -> None:
    url = f"/api/v1/gebieden/{land['bergen'].uuid}/"
    before = client.get(url)
    shape = land["bergen"].shapes.get()
    shape.area_m2 = 2e7
    shape.save()
    after = client.get(url, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["properties"]["version"] == before.json()["properties"]["version"]


def test_a_change_may_name_the_version_either_way(as_part: SignIn, thing: str) -> None:
    steward = as_part("steward")
    first = steward.get(thing)
    second = steward.patch(thing, {"name": "Een"}, content_type=JSON, headers={"If-Match": first["ETag"]})
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]
    version = second.json()["properties"]["version"]
    assert steward.patch(thing, {"name": "Twee", "version": version}, content_type=JSON).status_code == 200
    assert (
        steward.patch(thing, {"name": "Drie"}, content_type=JSON, headers={"If-Match": "*"}).status_code
        == 200
    )


def test_a_stale_version_changes_nothing(as_part: SignIn, thing: str) -> None:
    steward = as_part("steward")
    first = steward.get(thing)
    version = first.json()["properties"]["version"]
    assert steward.patch(thing, {"name": "Een", "version": version}, content_type=JSON).status_code == 200

    def patch(sent: dict[str, str], **headers: str) -> Any:
        return steward.patch(thing, {"name": "Twee", **sent}, content_type=JSON, headers=headers)

    by_field = patch({"version": version})
    by_match = patch({}, **{"If-Match": first["ETag"]})
    bare = patch({}, **{"If-Match": f'"{version}"'})
    weak = patch({}, **{"If-Match": f"W/{steward.get(thing)['ETag']}"})
    nonsense = patch({}, **{"If-Match": "nonsense"})
    assert [a.status_code for a in (by_field, by_match, bare, weak, nonsense)] == [409, 412, 412, 412, 412]
    assert all(a.json()["detail"] for a in (by_field, by_match))
    now = steward.get(thing)
    assert now.json()["properties"]["name"] == "Een"
    # A match that fits does not make up for a field that does not.
    assert patch({"version": version}, **{"If-Match": now["ETag"]}).status_code == 409


def test_a_version_is_asked_where_it_was(as_part: SignIn, library: WorkLocation) -> None:
    answer = as_part("steward").patch(
        f"/api/v1/werklocaties/{library.uuid}/", {"name": "x"}, content_type=JSON
    )
    assert answer.status_code == 400
    assert answer.json()["version"]


def test_unknown_fields_are_refused(as_part: SignIn, thing: str) -> None:
    steward = as_part("steward")
    sent = {
        "version": steward.get(thing).json()["properties"]["version"],
        "name": "Een",
        "naam": "x",
        "uuid": "y",
    }
    answer = steward.patch(thing, sent, content_type=JSON)
    assert answer.status_code == 400
    assert set(answer.json()) == {"naam", "uuid"}
    assert steward.patch(thing, [1], content_type=JSON).status_code == 400


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (Refused("Nee.", "no"), 400, ["Nee."]),
        (Refused({"name": ["Nee."]}, "no"), 400, {"name": ["Nee."]}),
        (Refusal(["Een.", "Twee."]), 400, ["Een.", "Twee."]),
        (Conflict(None, "Weg."), 409, {"detail": "Weg."}),
    ],
)
def test_what_a_verb_refuses_keeps_its_words(error: Exception, status: int, body: Any) -> None:
    request = Request(APIRequestFactory().patch("/"))
    answer = answer_refusal(error, {"request": request})
    assert answer is not None
    assert (answer.status_code, answer.data) == (status, body)


@pytest.mark.parametrize(("error", "status"), [(PermissionDenied("live.change_it"), 403), (Http404(), 404)])
def test_other_refusals_are_as_the_framework_says(error: Exception, status: int) -> None:
    answer = answer_refusal(error, {"request": Request(APIRequestFactory().get("/"))})
    assert answer is not None
    assert answer.status_code == status
    assert "live.change_it" not in answer.data["detail"], (
        "the name of a permission says nothing to who may not"
    )


def test_a_fault_of_ours_is_no_answer() -> None:
    assert answer_refusal(RuntimeError(), {"request": Request(APIRequestFactory().get("/"))}) is None


def test_the_description_tells_of_versions(land: Land) -> None:
    paths = Client().get("/api/schema/?format=json").json()["paths"]
    for name in ("werklocaties", "gebieden"):
        one = paths[f"/api/v1/{name}/{{uuid}}/"]
        assert "ETag" in one["get"]["responses"]["200"]["headers"]
        assert {"304", "404"} <= set(one["get"]["responses"])
        assert {"409", "412"} <= set(one["patch"]["responses"])
        assert "If-Match" in {parameter["name"] for parameter in one["patch"]["parameters"]}
        assert "304" not in paths[f"/api/v1/{name}/"]["get"]["responses"]
    figures = paths["/api/v1/cijfers/{slug}/"]["get"]
    assert "304" not in figures["responses"]
