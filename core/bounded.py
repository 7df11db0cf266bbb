"""Work on the bytes of others, in a process of its own: what crashes, grows or never ends takes nothing else along.

Who has such work writes a reader: a file that stands alone, without Django (see `boundedchild.py`). A reader refuses with an
exception that has a `word`; which words there are, and what people read then, is known to who asks.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import Any

from core import boundedchild

BOUNDS = "bounds"  # the word for what took too much, or crashed
UNREADABLE = "unreadable"  # what a library could not read
AT_ONCE = 3  # in one process of ours: memory for more is not to be counted on
PATIENCE = 30  # seconds that one waits for its turn

_turns = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one process may use: seconds of the processor and on the clock, bytes of memory, of an answer, of a file it keeps."""

    cpu: int
    seconds: int
    memory: int
    output: int
    file: int = 0


class NotAnswered(Exception):
    """There is no answer; `word` says why: one of the reader's own, BOUNDS or UNREADABLE."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Bounded:
    """The process, while there is something to ask; what it says is as little trusted as the bytes that it looks at."""

    def __init__(self, process: "subprocess.Popen[bytes]", output: int) -> None:
        self.process = process
        self.output = output

    def ask(self, **question: Any) -> Any:
        """The answer to a question; raises NotAnswered. After BOUNDS nothing more can be asked."""
        asked, answered = self.process.stdin, self.process.stdout
        if asked is None or answered is None:
            raise ValueError("the process has no pipes")
        try:
            asked.write(json.dumps(question).encode() + b"\n")
            asked.flush()
            line = answered.readline(self.output + 1)
            said = json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError):
            said = None
        if isinstance(said, dict) and "answer" in said:
            return said["answer"]
        word = said.get("refused") if isinstance(said, dict) else None
        raise NotAnswered(word if isinstance(word, str) else BOUNDS)


@contextmanager
def bounded(reader: str, limits: Limits, environment: Mapping[str, str] | None = None) -> Iterator[Bounded]:
    """A process that answers with the reader in a file; it is gone afterwards, and when its time is over in any case.

    Raises NotAnswered when too many of them are at work for too long.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise NotAnswered(BOUNDS)
    given = asdict(limits)
    seconds = given.pop("seconds")
    program = [sys.executable, "-I", str(Path(boundedchild.__file__)), str(Path(reader)), json.dumps(given)]
    try:
        with subprocess.Popen(  # noqa: S603 (our own program, no word of it from outside)
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/",
            env={"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", **(environment or {})},
        ) as process:  # fmt: skip
            timer = Timer(seconds, process.kill)
            timer.start()
            try:
                yield Bounded(process, limits.output)
            finally:
                timer.cancel()
                process.kill()
    finally:
        _turns.release()
