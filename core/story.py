"""What happened and what follows, down the page: `partials/story.html` shows a `Story` as a vertical line with today on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Picture:
    """A picture with the words for who does not see it, and what stands below it."""

    url: str
    words: Words
    caption: Words = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Moment:
    """Something that happened or is to happen; `when` in words. `text` may be safe HTML, as `staff_text` makes it."""

    when: Words
    title: Words
    text: Words = ""
    source: Words = ""
    url: str = ""
    is_milestone: bool = False
    picture: Picture | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Story:
    """What happened, oldest first, and what is to come, nearest first."""

    past: Sequence[Moment] = ()
    coming: Sequence[Moment] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.past or self.coming)
