"""The verbs of councils."""
