"""Work on the bytes of others, within limits that hold."""

import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest

from core import bounded as module
from core.bounded import BOUNDS, UNREADABLE, Limits, NotAnswered, bounded

MB = 1024 * 1024
LIMITS = Limits(cpu=5, seconds=20, memory=256 * MB, output=100_000, file=MB)

Reader = Callable[[str], str]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """A file with a reader whose answer is the value of an expression."""

    def write(answer: str) -> str:
        path = tmp_path / "reader.py"
        path.write_text(f"import os, sys, time\n\ndef start():\n    return lambda question: {answer}\n")
        return str(path)

    return write


def refused(path: str, limits: Limits = LIMITS) -> tuple[str, int | None]:
    """Why there is no answer, and how the process ended."""
    with bounded(path, limits) as process:
        with pytest.raises(NotAnswered) as caught:
            process.ask(hello=1)
        process.process.wait(20)
    return caught.value.word, process.process.returncode


def test_it_answers_as_long_as_one_asks(reader: Reader) -> None:
    with bounded(reader("question['a'] + 1"), LIMITS) as process:
        assert [process.ask(a=n) for n in range(3)] == [1, 2, 3]
    assert process.process.returncode is not None


def test_it_knows_nothing_of_ours(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    with bounded(reader("[sorted(os.environ), os.getcwd(), 'django' in sys.modules]"), LIMITS) as process:
        names, folder, has_django = process.ask()
    assert set(names) <= {"LC_ALL", "OPENBLAS_NUM_THREADS", "LC_CTYPE"}
    assert (folder, has_django) == ("/", False)


@pytest.mark.parametrize(
    "answer", ["1 / 0", "[].pop()", "sys.setrecursionlimit(-1)"], ids=["number", "list", "value"]
)
def test_what_a_library_finds_wrong_ends_nothing(reader: Reader, answer: str) -> None:
    with bounded(reader(f"question.get('a') or {answer}"), LIMITS) as process:
        with pytest.raises(NotAnswered) as caught:
            process.ask()
        assert process.ask(a=1) == 1
    assert caught.value.word == UNREADABLE


def test_a_reader_has_words_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "reader.py"
    path.write_text(
        "class No(Exception):\n    word = 'rows'\ndef start():\n    def answer(q):\n        raise No\n    return answer"
    )
    with bounded(str(path), LIMITS) as process, pytest.raises(NotAnswered) as caught:
        process.ask()
    assert caught.value.word == "rows"


def test_the_processor_is_limited(reader: Reader) -> None:
    word, ended = refused(reader("[0 for n in iter(int, 1)]"), replace(LIMITS, cpu=1))
    assert (word, ended) == (BOUNDS, -signal.SIGKILL)


def test_the_clock_is_limited(reader: Reader) -> None:
    word, ended = refused(reader("time.sleep(60)"), replace(LIMITS, seconds=1))
    assert (word, ended) == (BOUNDS, -signal.SIGKILL)


@pytest.mark.parametrize(
    "answer", [f"bytearray({300 * MB})", "open(1, 'w').close() or os.abort()"], ids=["memory", "crash"]
)
def test_memory_is_limited_and_a_crash_stays_there(reader: Reader, answer: str) -> None:
    with bounded(reader(answer), LIMITS) as process, pytest.raises(NotAnswered) as caught:
        process.ask()
    assert caught.value.word == BOUNDS


def test_an_answer_is_limited_on_both_sides(reader: Reader) -> None:
    assert refused(reader("'x' * 200_000"))[0] == BOUNDS
    with bounded(reader("question"), replace(LIMITS, output=1_000_000)) as process:
        process.output = 1_000  # what comes is as little believed as it is sent
        with pytest.raises(NotAnswered):
            process.ask(a="x" * 2_000)


def test_files_are_limited(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "kept"
    refused(reader(f"open({str(path)!r}, 'wb').write(bytes({2 * MB}))"))
    assert path.stat().st_size <= MB


@pytest.mark.parametrize("line", ["{", "[]", '{"refused": 1}', '{"answer"'])
def test_what_is_no_answer(reader: Reader, line: str) -> None:
    answer = f"os.write(3, {line!r}.encode() + b'\\n') and time.sleep(9)"
    assert refused(reader(answer), replace(LIMITS, seconds=3))[0] == BOUNDS


def test_only_so_many_at_once(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    path: Any = reader("1")
    with bounded(path, LIMITS), pytest.raises(NotAnswered), bounded(path, LIMITS):
        pass
    with bounded(path, LIMITS) as process:  # it gave its turn back, and so did the one that was refused
        assert process.ask() == 1
