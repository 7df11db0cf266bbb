"""Councils, who sits in them, and by which rules."""

from councils.models.advice import ANSWERS, Advice, AdviceQuerySet, Recommendation
from councils.models.answer import Answer, AnswerLine, AnswerQuerySet
from councils.models.approval import Approval, MinutesVersion
from councils.models.attendance import Excuse, Pause, Presence, Proxy
from councils.models.council import Council, CouncilArea, CouncilQuerySet, RuleChoice
from councils.models.evaluation import (
    Evaluation,
    EvaluationAnswer,
    EvaluationChange,
    EvaluationQuerySet,
    EvaluationQuestion,
    EvaluationTurnout,
)
from councils.models.meeting import (
    AgendaItem,
    AgendaVersion,
    Meeting,
    MeetingQuerySet,
)
from councils.models.membership import Hindrance, Membership, Office
from councils.models.minutes import Agreement, Decision, MinuteLine
from councils.models.person import Person, PublicOffice
from councils.models.term import Seat, Term
from councils.models.textblock import TextBlock, TextBlockQuerySet
from councils.models.vote import SecretCount, Vote, Voter

__all__ = [
    "ANSWERS",
    "Advice",
    "AdviceQuerySet",
    "AgendaItem",
    "AgendaVersion",
    "Agreement",
    "Answer",
    "AnswerLine",
    "AnswerQuerySet",
    "Approval",
    "Council",
    "CouncilArea",
    "CouncilQuerySet",
    "Decision",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationChange",
    "EvaluationQuerySet",
    "EvaluationQuestion",
    "EvaluationTurnout",
    "Excuse",
    "Hindrance",
    "Meeting",
    "MeetingQuerySet",
    "Membership",
    "MinuteLine",
    "MinutesVersion",
    "Office",
    "Pause",
    "Person",
    "Presence",
    "Proxy",
    "PublicOffice",
    "Recommendation",
    "RuleChoice",
    "Seat",
    "SecretCount",
    "Term",
    "TextBlock",
    "TextBlockQuerySet",
    "Vote",
    "Voter",
]
