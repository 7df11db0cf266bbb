"""How the verbs of councils are called."""

from tests.councils import verbs_advices, verbs_evaluation, verbs_meetings, verbs_members
from tests.verbs import Examples

EXAMPLES: Examples = {
    **verbs_advices.EXAMPLES,
    **verbs_evaluation.EXAMPLES,
    **verbs_meetings.EXAMPLES,
    **verbs_members.EXAMPLES,
}
