"""News and milestones as the style page shows them."""

from dataclasses import dataclass

from django.templatetags.static import static
from django.utils.translation import gettext as _

from core.dates import When
from plans.shown import NewsPlace

HERE = "#plans-news"


def news_places() -> list[tuple[str, NewsPlace]]:
    """For whom, and the four things that the place of the news says when there is none."""
    write, unchanged = _("Write news"), _("Nothing changed")
    said = _("Team Public space, 10 February 2027: “The trees are ordered.”")
    return [
        (
            _("Two weeks before, only for its team"),
            NewsPlace(
                "warning",
                "clock",
                _("The village expects news before 16 February"),
                _("That is 14 days from now. Once you may say that nothing changed, and why."),
                links=[(write, HERE), (unchanged, HERE)],
            ),
        ),
        (
            _("For everybody, during one term"),
            NewsPlace(
                "calm",
                "info",
                _("Nothing changed"),
                said,
                source=_("The next news comes on 16 May 2027 at the latest."),
            ),
        ),
        (
            _("For everybody, when the term is over"),
            NewsPlace(
                "asleep",
                "asleep",
                _("This action has been asleep since 16 May 2027"),
                _("The latest news is of 16 November 2026. After that we heard nothing."),
            ),
        ),
        (
            _("For everybody, when somebody sets the state by hand"),
            NewsPlace(
                "warning",
                "warning",
                _("At risk"),
                _("Set on 3 March 2027: “The grower delivers in autumn only.”"),
                source=_("By the dates alone this was: on course."),
            ),
        ),
    ]


@dataclass(frozen=True)
class Celebrated:
    """A milestone as `plans/partials/milestone.html` shows it."""

    title: str
    when: When
    text: str = ""
    picture_url: str = ""
    alternative: str = ""
    get_absolute_url: str = HERE
    is_example: bool = False


def milestones() -> list[Celebrated]:
    """With a picture and without."""
    benches = _("Four benches of wood in a half circle around the lime tree.")
    return [
        Celebrated(
            _("The first four benches are there"), When("2026-11-09"),
            _("Put there by the team and eight people of the village."), static("img/sample.svg"), benches,
        ),
        Celebrated(_("Six picnic tables in one afternoon"), When("2026-23"), is_example=True),
    ]  # fmt: skip
