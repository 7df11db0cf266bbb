"""The pages of work locations."""
