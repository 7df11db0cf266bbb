"""Answers given a moment ago, given again before Django: under a rush of visitors a map layer is asked for thousands of times."""

from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from core.asgi import App, Message, Receive, Send

SECONDS = 1.0
MOST = 32  # answers; who asks for many different ones pushes them out
MAX_BYTES = 4_000_000  # of one answer
# What an answer to the same question may still depend on; whoever asks, it is the same for everybody.
ASKED_BY = (b"host", b"accept-encoding", b"x-forwarded-proto", b"x-forwarded-host")
# The number of a request belongs to that request, and what says how long a body is goes with the body.
OF_ONE_REQUEST = frozenset({b"x-request-id"})
OF_A_BODY = frozenset({b"content-length", b"content-type", b"content-encoding"})

Headers = list[tuple[bytes, bytes]]
Question = tuple[bytes | str, ...]


@dataclass(frozen=True)
class Answer:
    """An answer with its validator, and until when it may be given again (monotonic clock); no body: only that it is unchanged."""

    headers: Headers
    body: bytes | None
    tag: bytes
    until: float


_answers: dict[Question, Answer] = {}


def forget_answers() -> None:
    """Called when what is on the map changes, so that this process shows it at once."""
    _answers.clear()


class Remembered:
    """Gives the public answers under a path again for a second: only those (200, 304) with an ETag and without a cookie."""

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
        if known is not None and known.until >= monotonic():
            unchanged = known.tag in _tags(asked.get(b"if-none-match", b""))
            if unchanged or known.body is not None:
                await _give(known, unchanged, send)
                return
        await self.app(scope, receive, _Listener(send, question).send)


def _told(asked: dict[bytes, bytes]) -> Iterable[bytes]:
    return (asked.get(name, b"") for name in ASKED_BY)


def _tags(wanted: bytes) -> list[bytes]:
    return [tag.strip().removeprefix(b"W/") for tag in wanted.split(b",")]


async def _give(answer: Answer, unchanged: bool, send: Send) -> None:
    headers = [(n, v) for n, v in answer.headers if n not in OF_A_BODY] if unchanged else answer.headers
    await send({"type": "http.response.start", "status": 304 if unchanged else 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if unchanged else answer.body or b""})


class _Listener:
    """Passes an answer on and keeps it when it may be given again."""

    def __init__(self, send: Send, question: Question) -> None:
        self.onward = send
        self.question = question
        self.headers: Headers | None = None
        self.is_whole = False
        self.pieces: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers, self.is_whole = _lasting(message), message["status"] == 200
        elif self.headers is not None:
            self._listen(self.headers, message)
        await self.onward(message)

    def _listen(self, headers: Headers, message: Message) -> None:
        """Django sends a large body in pieces."""
        self.pieces.append(message.get("body", b""))
        if sum(map(len, self.pieces)) > MAX_BYTES:
            self.headers = None
        elif not message.get("more_body"):
            _keep(self.question, headers, b"".join(self.pieces) if self.is_whole else None)


def _lasting(start: Message) -> Headers | None:
    """The headers of an answer that may be given again, without those of one request; None for any other."""
    headers = [(name.lower(), value) for name, value in start["headers"]]
    names = {name for name, _value in headers}
    if start["status"] not in (200, 304) or b"etag" not in names or b"set-cookie" in names:
        return None
    return [header for header in headers if header[0] not in OF_ONE_REQUEST]


def _keep(question: Question, headers: Headers, body: bytes | None) -> None:
    now = monotonic()
    known = _answers.get(question)
    if body is None and known is not None and known.until >= now:
        return  # a whole answer says more
    for old in [asked for asked, answer in _answers.items() if answer.until < now]:
        del _answers[old]
    while len(_answers) >= MOST:
        del _answers[next(iter(_answers))]
    _answers[question] = Answer(headers, body, dict(headers)[b"etag"], now + SECONDS)
