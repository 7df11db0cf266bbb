"""The kinds there are."""

from core.questions.kind import Kind
from core.questions.models import QuestionBase
from core.questions.multiple import Multiple
from core.questions.number import Number
from core.questions.open import Open
from core.questions.ranking import Ranking
from core.questions.scale import Scale
from core.questions.single import Single

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (Single(), Multiple(), Scale(), Ranking(), Number(), Open())
}


def kind_of(question: QuestionBase) -> Kind:
    """The kind of a question."""
    return KINDS[question.kind]
