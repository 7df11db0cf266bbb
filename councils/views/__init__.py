"""The pages of councils."""
