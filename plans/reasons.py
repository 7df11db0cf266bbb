"""Why a plan was changed."""

from django.utils.translation import gettext_lazy

from core.history import Reason, reasons

for name, words in (
    ("added", gettext_lazy("added")),
    ("changed", gettext_lazy("changed")),
    ("published", gettext_lazy("opened for reading")),
    ("adopted", gettext_lazy("adopted")),
    ("ended", gettext_lazy("ended")),
    ("withdrawn", gettext_lazy("withdrawn")),
    ("reopened", gettext_lazy("taken up again")),
    ("led_on", gettext_lazy("leads on to another one")),
    ("people", gettext_lazy("who works on it changed")),
    ("goal", gettext_lazy("goals changed")),
    ("action", gettext_lazy("actions changed")),
    ("removed", gettext_lazy("removed")),
    ("proposed", gettext_lazy("a change was proposed")),
    ("accepted", gettext_lazy("a proposal was accepted")),
    ("declined", gettext_lazy("a proposal was declined")),
    ("proposal_withdrawn", gettext_lazy("a proposal was withdrawn")),
    ("direction", gettext_lazy("direction chosen")),
    ("moved", gettext_lazy("moved to another area")),
    ("milestone", gettext_lazy("milestone told")),
    ("organisation", gettext_lazy("organisation of area work agreed")),
    ("touchstone", gettext_lazy("touchstones changed")),
    ("imported", gettext_lazy("brought in by a table")),
    ("challenge_named", gettext_lazy("challenge named")),
    ("challenge_changed", gettext_lazy("challenge changed")),
    ("assignment_drafted", gettext_lazy("written")),
    ("assignment_changed", gettext_lazy("text changed")),
    ("assignment_asked", gettext_lazy("asked")),
    ("assignment_accepted", gettext_lazy("accepted")),
    ("assignment_change_asked", gettext_lazy("a change was asked for")),
    ("assignment_refused", gettext_lazy("refused")),
    ("assignment_withdrawn", gettext_lazy("withdrawn")),
    ("assignment_delivered", gettext_lazy("the result is there")),
    ("assignment_resumed", gettext_lazy("not finished after all")),
    ("assignment_evaluated", gettext_lazy("evaluated")),
    ("team_months", gettext_lazy("days of the team changed")),
    ("people_passed_on", gettext_lazy("handed over")),
):
    reasons.register(Reason(name=f"plans.{name}", words=words))
