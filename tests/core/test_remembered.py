"""Answers that are given again before Django: only public ones, whole, and for a second."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from core import remembered
from core.remembered import MOST, Remembered, forget_answers

TAG = (b"etag", b'"v1"')
PUBLIC = [
    TAG,
    (b"content-type", b"application/geo+json"),
    (b"vary", b"accept-encoding"),
    (b"x-request-id", b"7"),
]


class Site:
    """An application that counts how often it is asked."""

    def __init__(self, status: int = 200, headers: Any = PUBLIC, pieces: int = 1) -> None:
        self.asked = 0
        self.status, self.headers, self.pieces = status, headers, pieces

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        for left in range(self.pieces, 0, -1):
            await send({"type": "http.response.body", "body": b"{}", "more_body": left > 1})


def ask(site: Site, path: str = "/kaartlagen/wijk.geojson", method: str = "GET", **asked: str) -> Any:
    """Status, headers and body of an answer through `Remembered`."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    query = asked.pop("query", "").encode()
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items()]
    scope = {
        "type": "http", "scheme": "http", "method": method, "path": path, "raw_path": path.encode(),
        "query_string": query, "headers": headers,
    }  # fmt: skip
    asyncio.run(Remembered(site, "/kaartlagen/")(scope, None, send))  # type: ignore[arg-type]
    body = b"".join(message["body"] for message in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), body


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    forget_answers()
    yield
    forget_answers()


def test_the_same_question_is_answered_once() -> None:
    site = Site()
    first, second = ask(site, host="a.example"), ask(site, host="a.example")
    assert (site.asked, second[0], second[2]) == (1, 200, b"{}")
    assert second[1] == {name: value for name, value in first[1].items() if name != b"x-request-id"}


@pytest.mark.parametrize(
    "other",
    [
        {"host": "b.example"},
        {"query": "variant=full"},
        {"accept_encoding": "gzip"},
        {"x_forwarded_proto": "https"},
    ],
)
def test_another_question_is_another_answer(other: dict[str, str]) -> None:
    site = Site()
    ask(site, host="a.example")
    ask(site, **{"host": "a.example", **other})
    assert site.asked == 2


@pytest.mark.parametrize("wanted", ['"v1"', '"v0", W/"v1"'])
def test_unchanged_has_no_body(wanted: str) -> None:
    site = Site()
    ask(site)
    status, headers, body = ask(site, if_none_match=wanted)
    assert (site.asked, status, body) == (1, 304, b"")
    assert headers[b"etag"] == b'"v1"'
    assert b"content-type" not in headers
    assert ask(site, if_none_match='"v0"')[0] == 200


@pytest.mark.parametrize(
    "site",
    [
        Site(status=404),
        Site(headers=[(b"content-type", b"text/plain")]),
        Site(headers=[TAG, (b"Set-Cookie", b"a=1")]),
    ],
)
def test_anything_else_is_asked_each_time(site: Site) -> None:
    answers = [ask(site) for _time in range(2)]
    assert site.asked == 2
    assert answers[0] == answers[1]


def test_a_body_in_pieces_is_given_whole() -> None:
    site = Site(pieces=3)
    assert (ask(site)[2], ask(site)[2], site.asked) == (b"{}" * 3, b"{}" * 3, 1)


def test_a_body_beyond_bounds_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MAX_BYTES", 3)
    site = Site(pieces=2)
    assert (ask(site)[2], ask(site)[2], site.asked) == (b"{}{}", b"{}{}", 2)


def test_that_it_is_unchanged_is_remembered_too() -> None:
    site = Site(status=304, headers=[TAG])
    assert [ask(site, if_none_match='"v1"')[0] for _time in range(2)] == [304, 304]
    assert site.asked == 1
    ask(site)  # who has nothing yet needs the body
    assert site.asked == 2


def test_pages_and_writing_pass_by() -> None:
    site = Site()
    for _time in range(2):
        ask(site, path="/kaart/")
        ask(site, method="HEAD")
    assert site.asked == 4


def test_forgotten_after_a_second_or_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    now = 0.0
    monkeypatch.setattr(remembered, "monotonic", lambda: now)
    ask(site)
    now = 0.9
    ask(site)
    assert site.asked == 1
    now = 1.1
    ask(site)
    assert site.asked == 2
    forget_answers()
    ask(site)
    assert site.asked == 3


def test_not_more_than_so_many() -> None:
    site = Site()
    for number in range(MOST + 5):
        ask(site, query=f"x={number}")
    assert len(remembered._answers) == MOST
