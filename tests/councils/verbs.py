"""How the verbs of councils are called."""

from tests.councils import verbs_meetings
from tests.verbs import Examples

EXAMPLES: Examples = {**verbs_meetings.EXAMPLES}
