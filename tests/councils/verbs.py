"""How the verbs of councils are called."""

from tests.verbs import Examples

EXAMPLES: Examples = {}
