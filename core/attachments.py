"""Attachments: what hangs on an object that may go, brought by each app that knows; one query a source for many objects.

An app registers its own in `attachments.py`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """How many of something hang on one object, with its words ("3", "teams").

    `is_bound` is False for what only happens to lie there and falls to another object by itself.
    """

    number: int
    words: str
    is_bound: bool = True


@dataclass(frozen=True, kw_only=True)
class AttachmentSource:
    """What an app hangs on objects of `target` ("areas.area").

    `count(keys)` runs one query and returns an Attachment by primary key; an object without any is left out.
    """

    name: str
    target: str
    title: str | Promise
    count: Callable[[Collection[int]], Mapping[int, Attachment]]
    order: int = 100


attachment_sources: Registry[AttachmentSource] = Registry(AttachmentSource, "attachments")


def attachments_of(target: str, keys: Collection[int]) -> dict[int, list[Attachment]]:
    """Everything that hangs on some objects, by primary key; an object on which nothing hangs is left out."""
    found: dict[int, list[Attachment]] = {}
    if not keys:
        return found
    for source in attachment_sources:
        if source.target == target:
            for key, attachment in source.count(keys).items():
                found.setdefault(key, []).append(attachment)
    return found
