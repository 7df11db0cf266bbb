"""The verbs of councils and of who sits in them."""
