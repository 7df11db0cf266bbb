"""How the verbs of plans are called."""

from tests.verbs import Examples

EXAMPLES: Examples = {}
