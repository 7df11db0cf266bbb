"""Zips: bounded in number, name, size and ratio, whatever their headers say."""

import io
import stat
import struct
import warnings
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.zips import SHAPEFILE, RefusedZip, ZipRules, check_zip, read_zip

RULES = ZipRules(endings=(".shp", ".dbf"), members=3, bytes=10_000, ratio=100)


def packed(members: list[tuple[str, bytes]], *, stored: bool = False) -> io.BytesIO:
    held = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(held, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive,
    ):
        warnings.simplefilter("ignore")
        for name, content in members:
            archive.writestr(name, content)
    return held


def refused(content: io.BytesIO, rules: ZipRules = RULES) -> str:
    with pytest.raises(RefusedZip) as caught:
        check_zip(content, rules)
    return str(caught.value.code)


def test_good_zip_passes_and_is_read() -> None:
    content = packed([("map/a.shp", b"abc"), ("map/A.dbf", b"")])
    assert check_zip(content, RULES) == {"map/a.shp": 3, "map/A.dbf": 0}
    assert content.tell() == 0
    assert read_zip(content, RULES) == {"map/a.shp": b"abc", "map/A.dbf": b""}


@pytest.mark.parametrize(
    "name", ["../a.shp", "/a.shp", "x/../../a.shp", "..\\a.shp", "C:a.shp", "a\n.shp", "\u202ea.shp"]
)
def test_no_way_out(name: str) -> None:
    assert refused(packed([(name, b"x")])) == "name"


def test_no_links() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo("a.shp")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert refused(held) == "name"


def test_no_two_of_one_name() -> None:
    assert refused(packed([("a.shp", b"1"), ("A.SHP", b"2")])) == "name"


def test_nothing_else_in_it() -> None:
    assert refused(packed([("a.exe", b"x")])) == "ending"
    assert refused(packed([("a.shp", b"x")] * 1 + [(f"{n}.dbf", b"x") for n in range(3)])) == "members"


def test_bomb_is_refused() -> None:
    assert refused(packed([("a.shp", b"\0" * 20_000_000)]), SHAPEFILE) == "bomb"
    assert refused(packed([("a.shp", b"x" * 10_001)], stored=True)) == "bomb"


def test_locked_and_broken_zips_are_refused() -> None:
    content = packed([("a.shp", b"abc" * 50)])
    raw = bytearray(content.getvalue())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert refused(io.BytesIO(bytes(raw))) == "locked"
    assert refused(io.BytesIO(b"PK\x03\x04 niets")) == "unreadable"
    assert refused(io.BytesIO(b"")) == "unreadable"


def test_header_that_lies_gives_nothing_more() -> None:
    content = packed([("a.shp", b"\0" * 1_000_000)])
    raw = bytearray(content.getvalue())
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 10)  # the list of contents says: ten bytes
    raw[22:26] = struct.pack("<I", 10)
    assert refused(io.BytesIO(bytes(raw))) in {"unreadable", "bomb"}


NAMES = st.one_of(
    st.sampled_from(["a.shp", "b.dbf", "map/c.shp", "d.exe", "../e.shp", "/f.shp", "g.SHP", "map/"]),
    st.text(min_size=1, max_size=12).map(lambda text: text + ".shp"),
)
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.integers(0, 200_000).map(lambda size: b"\0" * size),
    st.binary(max_size=50).map(lambda b: b * 300),
)


# The size of what is drawn is bounded above; how long it takes depends on who else uses the machine.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(NAMES, CONTENTS), max_size=5), st.booleans())
def test_what_passes_keeps_every_rule(members: list[tuple[str, bytes]], stored: bool) -> None:
    try:
        content = packed(members, stored=stored)
    except (
        UnicodeEncodeError,
        ValueError,
        IndexError,
    ):  # names that Python does not pack; one that begins with NUL is empty to it
        return
    try:
        found = read_zip(content, RULES)
    except RefusedZip:
        return
    total = sum(map(len, found.values()))
    assert len(found) <= RULES.members
    assert total <= RULES.bytes
    assert total <= RULES.ratio * len(content.getvalue())
    for name in found:
        assert name.lower().endswith(RULES.endings)
        assert not name.startswith("/")
        assert ".." not in name.split("/")
    assert found == {name: data for name, data in members if not name.endswith("/")}


@settings(deadline=None)
@given(st.binary(max_size=400), st.integers(0, 500))
@example(b"\x1c", 401)  # a member that begins before the archive does
def test_damaged_zip_is_refused_and_never_breaks(noise: bytes, at: int) -> None:
    raw = bytearray(packed([("a.shp", b"abc" * 40), ("b.dbf", bytes(range(200)))]).getvalue())
    raw[at : at + len(noise)] = noise
    try:
        sizes = check_zip(io.BytesIO(bytes(raw)), RULES)
    except RefusedZip:
        return
    assert sum(sizes.values()) <= RULES.bytes
