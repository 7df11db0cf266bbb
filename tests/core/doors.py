"""The doors of what no app owns: how far a job is, files, the language, the health of the site, the API as a whole."""

from core.files import store_bytes
from core.models import JobProgress
from tests.attached import READERS, bring
from tests.conftest import OPERATOR
from tests.doors import EVERYONE, NOBODY, STEWARDS, Door, World
from tests.released import begun

DOORS: dict[str, list[Door]] = {
    "voortgang/<uuid:identifier>/": [Door("/voortgang/{job}/", frozenset({"resident"}), personal=True)],
    "bestanden/<uuid:identifier>/": [Door("/bestanden/{file}/", frozenset({"resident"}), personal=True)],
    "taal/": [Door("/taal/", EVERYONE, "post")],
    "bijlagen/<uuid:identifier>/": [
        Door("/bijlagen/{attachment}/", EVERYONE),
        Door("/bijlagen/{private_attachment}/", READERS, visitor=frozenset({404})),
    ],
    "bijlagen/<uuid:identifier>/wijzigen/": [Door("/bijlagen/{attachment}/wijzigen/", STEWARDS)],
    "bijlagen/<uuid:identifier>/weghalen/": [
        Door("/bijlagen/{private_attachment}/weghalen/", STEWARDS, "post")
    ],
    "bijlagen/bij/<str:kind>/<uuid:subject>/": [
        Door("/bijlagen/bij/tests.areas/{attached_to}/", STEWARDS),
        Door("/bijlagen/bij/tests.nothing/{attached_to}/", NOBODY),
    ],
    "vrijgave/<uuid:identifier>/": [Door("/vrijgave/{release}/", STEWARDS | {"secretary"})],
    "vrijgave/<uuid:identifier>/<slug:word>/": [Door("/vrijgave/{release}/voorleggen/", STEWARDS)],
    "vrijgave/<uuid:identifier>/nota.docx": [
        Door("/vrijgave/{release}/nota.docx", NOBODY)
    ],  # no note of this kind
    "vrijgave/<uuid:identifier>/lezers/<int:reader>/weg/": [
        Door("/vrijgave/{release}/lezers/{release_reader}/weg/", STEWARDS, "post")
    ],
    "tekst/voorbeeld/": [Door("/tekst/voorbeeld/", EVERYONE, "post")],
    "healthz": [Door("/healthz", EVERYONE)],
    "readyz": [Door("/readyz", EVERYONE)],
    "api/v1/": [Door("/api/v1/", EVERYONE)],
    "api/schema/": [Door("/api/schema/", EVERYONE)],
}


def world(made: World) -> None:
    """A job and a file of the resident; two files of Bergen."""
    resident = made.owners["resident"].uuid
    made.names["job"] = str(JobProgress.objects.create(title="proef", owner=resident).uuid)
    file = store_bytes(
        b"PK\x05\x06" + bytes(18),
        kind="accounts.export",
        owner=resident,
        name="proef.zip",
        content_type="application/zip",
    )
    made.names["file"] = str(file.uuid)
    bergen = made.land["bergen"]
    made.names["attached_to"] = str(bergen.uuid)
    made.names["attachment"] = str(bring(bergen, is_public=True).uuid)
    made.names["private_attachment"] = str(bring(bergen).uuid)
    release = begun(bergen, OPERATOR, (made.cast["secretary"], "secretaris"))
    made.names["release"] = str(release.uuid)
    made.names["release_reader"] = str(release.readers.get(person=made.cast["secretary"].uuid).pk)
