"""Logging: one JSON object a line in production, the number of the request in each, no e-mail addresses, no keys."""

import datetime as dt
import json
import logging
import re
from contextvars import ContextVar

# The number of the request that is being answered; also set for jobs of the worker.
request_id: ContextVar[str] = ContextVar("request_id", default="")

# Bounded: an address without end, sent by anybody, may not keep a process busy (a part before @ has at most 64 characters).
EMAIL = re.compile(r"[^\s@<>()\"',;:=]{1,64}@[^\s@<>()\"',;:=]{1,255}\.[A-Za-z]{2,63}")
# Django writes the address of every request that it refuses; these end in a key that opens something.
KEY = re.compile(r"(/(?:uitnodiging|confirm-email|password/reset/key)/)[^/\s]+")


def without_secrets(text: str) -> str:
    """The text without e-mail addresses (the database names them when a constraint says no) and without keys of links."""
    text = KEY.sub(r"\1[key]", text)
    return EMAIL.sub("[e-mail]", text) if "@" in text else text


class LineFormatter(logging.Formatter):
    """A readable line, for the demo and development."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the number of the request when there is one."""
        number = request_id.get()
        return without_secrets(super().format(record) + (f" [{number}]" if number else ""))


class JsonFormatter(logging.Formatter):
    """A JSON object a line, for machines that collect them."""

    def format(self, record: logging.LogRecord) -> str:
        """Only what is listed here goes out; the request that Django hangs on a record does not."""
        entry = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if number := request_id.get():
            entry["request"] = number
        if status := getattr(record, "status_code", None):
            entry["status"] = str(status)
        if record.exc_info:
            entry["trace"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
