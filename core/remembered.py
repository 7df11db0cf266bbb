"""Answers given a moment ago, given again before Django: under a rush of visitors a map layer is asked for thousands of times."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from core.asgi import App, Message, Receive, Send

SECONDS = 1.0
MOST = 32  # answers; who asks for many different ones pushes them out
# What an answer to the same question may still depend on; whoever asks, it is the same for everybody.
ASKED_BY = (b"host", b"accept-encoding", b"x-forwarded-proto", b"x-forwarded-host")
# The number of a request belongs to that request, and what says how long a body is goes with the body.
OF_ONE_REQUEST = frozenset({b"x-request-id"})
OF_A_BODY = frozenset({b"content-length", b"content-type", b"content-encoding"})

Headers = list[tuple[bytes, bytes]]
Question = tuple[bytes | str, ...]


@dataclass(frozen=True)
class Answer:
    """A whole answer with its validator, and until when it may be given again (monotonic clock)."""

    headers: Headers
    body: bytes
    tag: bytes
    until: float


_answers: dict[Question, Answer] = {}


def forget_answers() -> None:
    """Called when what is on the map changes, so that this process shows it at once."""
    _answers.clear()


class Remembered:
    """Gives the public answers under a path again for a second: only whole ones (200) with an ETag and without a cookie."""

    def __init__(self, app: App, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self.prefix):
            await self.app(scope, receive, send)
            return
        asked = dict(scope["headers"])
        question = (scope["scheme"], scope["raw_path"], scope["query_string"], *_told(asked))
        known = _answers.get(question)
        if known is None or known.until < monotonic():
            await self.app(scope, receive, _Listener(send, question).send)
        else:
            await _give(known, asked.get(b"if-none-match", b""), send)


def _told(asked: dict[bytes, bytes]) -> Iterable[bytes]:
    return (asked.get(name, b"") for name in ASKED_BY)


async def _give(answer: Answer, wanted: bytes, send: Send) -> None:
    unchanged = answer.tag in (tag.strip().removeprefix(b"W/") for tag in wanted.split(b","))
    headers = [(n, v) for n, v in answer.headers if n not in OF_A_BODY] if unchanged else answer.headers
    await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if unchanged else answer.body})


class _Listener:
    """Passes an answer on and keeps it when it may be given again."""

    def __init__(self, send: Send, question: Question) -> None:
        self.onward = send
        self.question = question
        self.headers: Headers | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = _lasting(message)
        elif self.headers is not None and not message.get("more_body"):
            _keep(self.question, self.headers, message["body"])
        else:
            self.headers = None  # a body in pieces
        await self.onward(message)


def _lasting(start: Message) -> Headers | None:
    """The headers of an answer that may be given again, without those of one request; None for any other."""
    headers = [(name.lower(), value) for name, value in start["headers"]]
    names = {name for name, _value in headers}
    if start["status"] != 200 or b"etag" not in names or b"set-cookie" in names:
        return None
    return [header for header in headers if header[0] not in OF_ONE_REQUEST]


def _keep(question: Question, headers: Headers, body: bytes) -> None:
    now = monotonic()
    for old in [asked for asked, answer in _answers.items() if answer.until < now]:
        del _answers[old]
    while len(_answers) >= MOST:
        del _answers[next(iter(_answers))]
    _answers[question] = Answer(headers, body, dict(headers)[b"etag"], now + SECONDS)
