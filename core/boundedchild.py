"""The other side of `bounded.py`: a process without Django and without our environment, that answers within its limits.

Started as a program with the path of a reader and the limits. A reader is a file that stands alone, with a function `start()`
that imports what it needs and returns what answers a question. It takes one question a line as JSON and gives one answer a line.
"""

import importlib.util
import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

NICE = 5  # who waits for a page goes first


def limit(*, cpu: int, memory: int, file: int) -> None:
    """What this process may use, from here on."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(NICE)


def loaded(path: str) -> Callable[[], Callable[[dict[str, Any]], Any]]:
    """The `start` of a reader, which is no module of a package here."""
    spec = importlib.util.spec_from_file_location("reader", path)
    if spec is None or spec.loader is None:
        raise ValueError(path)
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    start: Callable[[], Callable[[dict[str, Any]], Any]] = reader.start
    return start


def said(answer: Callable[[dict[str, Any]], Any], line: str) -> dict[str, Any]:
    """The answer to a line, or why there is none."""
    try:
        return {"answer": answer(json.loads(line))}
    except MemoryError:
        return {"refused": "bounds"}
    except Exception as error:  # noqa: BLE001 (whatever a library finds wrong with the file)
        word = getattr(error, "word", None)
        return {"refused": word if isinstance(word, str) else "unreadable", "why": type(error).__name__}


def main(path: str, limits: str) -> None:
    """One answer a line, until nothing is asked any more; what libraries print goes nowhere."""
    bounds = json.loads(limits)
    most = bounds.pop("output")
    answers = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    limit(**bounds)
    answer = loaded(path)()
    for line in sys.stdin:
        text = json.dumps(said(answer, line))
        answers.write(text if len(text) < most else json.dumps({"refused": "bounds"}))
        answers.write("\n")
        answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
