"""Logging: one JSON object a line in production, the number of the request in each, and no e-mail addresses."""

import datetime as dt
import json
import logging
import re
from contextvars import ContextVar

# The number of the request that is being answered; also set for jobs of the worker.
request_id: ContextVar[str] = ContextVar("request_id", default="")

EMAIL = re.compile(r"[^\s@<>()\"',;:=]+@[^\s@<>()\"',;:=]+\.[A-Za-z]{2,}")


def without_addresses(text: str) -> str:
    """The text with every e-mail address taken out: the database names them when a constraint says no."""
    return EMAIL.sub("[e-mail]", text)


class LineFormatter(logging.Formatter):
    """A readable line, for the demo and development."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the number of the request when there is one."""
        number = request_id.get()
        return without_addresses(super().format(record) + (f" [{number}]" if number else ""))


class JsonFormatter(logging.Formatter):
    """A JSON object a line, for machines that collect them."""

    def format(self, record: logging.LogRecord) -> str:
        """Only what is listed here goes out; the request that Django hangs on a record does not."""
        entry = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_addresses(record.getMessage()),
        }
        if number := request_id.get():
            entry["request"] = number
        if status := getattr(record, "status_code", None):
            entry["status"] = str(status)
        if record.exc_info:
            entry["trace"] = without_addresses(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)
