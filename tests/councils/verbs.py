"""How the verbs of councils are called."""

from tests.councils import verbs_members
from tests.verbs import Examples

EXAMPLES: Examples = {**verbs_members.EXAMPLES}
