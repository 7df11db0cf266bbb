"""`./run keep NN-what`: the demo as it is now, used for an hour, kept for the test of upgrades.

The database of the settings must be empty. What is kept is a backup like any other, packed as one file.
"""

import json
import lzma
import re
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MOST = 300_000
ENTERED = {200, 201, 302, 303}


def main(name: str) -> None:
    """Make the demo, use it, keep it; refuses what is too large or there already."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import override_settings

    from core.backup import write_backup

    target = HERE / f"{name}.tar.xz"
    if not re.fullmatch(r"\d\d-[a-z-]+", name) or target.exists():
        sys.exit(f"A new name like 02-plans, not “{name}”.")
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=f"{folder}/media"):
        call_command("prepare", verbosity=0)
        use()
        made = Path(folder) / "backup.tar"
        write_backup(made, compressed=False)
        packed = lzma.compress(made.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    if len(packed) > MOST:
        sys.exit(f"{len(packed)} bytes: more than {MOST} may not be kept.")
    target.write_bytes(packed)
    print(f"{target.name}: {len(packed) / 1000:.0f} kB. Its addresses go into {name}.txt.")  # noqa: T201


def use() -> None:
    """An hour of work: history with a person in it, what waits, a role that ends, boundaries replaced, a file of one's own."""
    from django.contrib.sessions.models import Session
    from django.core.management import call_command

    from areas.models import Area, AreaKind, Indicator
    from workplaces.models import WorkLocation

    worker, steward = sign_in("gebiedswerker.meerle"), sign_in("gegevensbeheerder")
    library = WorkLocation.objects.get(slug="ldc-en-bibliotheek-meerle")
    api, office = "/api/v1", "/werklocaties/kwaliteit/ldc-en-bibliotheek-meerle"
    patch(worker, f"{api}/werklocaties/{library.uuid}/", phone="03 111 11 11", version=library.version)
    post(worker, f"{office}/no-hours/", reason="Altijd open (voorbeeld)")
    patch(steward, f"{api}/gebieden/{Area.objects.get(slug='meer').uuid}/", aliases=["Meer aan de Mark"])
    kind = AreaKind.objects.get(slug="wijk").pk
    edition = draft(steward, kind, "2026-02-01", "Wijken, verschoven (voorbeeld)")
    page = steward.get(edition).content.decode()
    post(steward, f"{edition}activeren/", digest=page.split('name="digest" value="')[1].split('"')[0])
    call_command("worker", once=True)
    draft(steward, kind, "2026-03-01", "Wijken, in de maak (voorbeeld)")
    table = b"naam;2026\nMeer;130\nMeerle;140\n"
    people = Indicator.objects.get(slug="inwoners").pk
    post(steward, "/cijfers/inlezen/", file=file("cijfers.csv", table), indicator=people, kind=kind)
    post(steward, "/werklocaties/import/", file=file("locaties.csv", b"naam;straat\nNieuw;Dorp\n"))
    use_roles(sign_in("beheerder"))
    post(sign_in("inwoner"), "/mijn/downloaden/")
    call_command("worker", once=True)
    Session.objects.all().delete()


def use_roles(administrator: Any) -> None:
    """A role with an end, and an invitation that waits."""
    from accounts.models import RoleAssignment, User
    from areas.models import AreaCode

    alderman = User.objects.get(email="schepen@hoogstraten.example")
    given = {"role": "area_worker", "valid_from": "2026-01-01", "why": "Helpt mee (voorbeeld)"}
    where = AreaCode.objects.get(code="13014W06").area_id
    post(administrator, "/account/rollen/geven/", user=alderman.pk, area=where, **given)
    role = RoleAssignment.objects.get(user=alderman, role="area_worker")
    post(administrator, f"/account/rollen/{role.uuid}/beeindigen/", last_day="2040-01-01", why="Tot dan")
    given = {"role": "moderator", "valid_from": "2026-01-01", "why": "Vacature (voorbeeld)"}
    post(administrator, "/account/uitnodigen/", email="nina@hoogstraten.example", **given)


def draft(steward: Any, kind: int, day: str, source: str) -> str:
    """Bring a file of the boundaries there are, a little to the east, and have it checked; the address of the draft."""
    from django.core.management import call_command

    from areas.models import AreaEdition, AreaShape

    features = []
    for shape in AreaShape.objects.filter(edition__kind=kind, edition__status="active").select_related(
        "area"
    ):
        outline = json.loads(shape.geom.json)
        outline["coordinates"] = _moved(outline["coordinates"])
        properties = {"code": shape.area.codes.get().code, "name": shape.area.name}
        features.append({"type": "Feature", "properties": properties, "geometry": outline})
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    reading = {"preset": "free", "code_field": "code", "name_field": "name", "reference_date": day}
    post(
        steward, "/gebieden/grenzen/", file=file("wijken.geojson", data), kind=kind, source=source, **reading
    )
    call_command("worker", once=True)
    made: str = AreaEdition.objects.get(source=source).get_absolute_url()
    return made


def _moved(coordinates: Any) -> Any:
    if isinstance(coordinates[0], float):
        return [round(coordinates[0] + 0.0002, 6), coordinates[1]]
    return [_moved(part) for part in coordinates]


def sign_in(mailbox: str) -> Any:
    """The browser of a person of the demo, through the sign-in page, with password and code."""
    from django.test import Client

    from portal.demo.people import PEOPLE

    person = next(person for person in PEOPLE if person.mailbox == mailbox)
    client = Client()
    post(client, "/account/login/", login=person.email, password=person.password)
    if person.role:
        post(client, "/account/2fa/authenticate/", code=person.code)
    return client


def post(client: Any, path: str, **fields: Any) -> None:
    """Send a form, which must be accepted."""
    done(client.post(path, fields), path)


def patch(client: Any, path: str, **fields: Any) -> None:
    """Change something over the API, which must be accepted."""
    done(client.patch(path, fields, content_type="application/json"), path)


def done(response: Any, path: str) -> None:
    """Whether it was accepted; a form that comes back was not."""
    if response.status_code not in ENTERED:
        sys.exit(f"{path}: {response.status_code} {response.content.decode()[-3000:]}")


def file(name: str, data: bytes) -> Any:
    """A file as a browser sends it."""
    sent = BytesIO(data)
    sent.name = name
    return sent


if __name__ == "__main__":
    main(*sys.argv[1:])
