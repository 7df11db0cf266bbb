"""Figures: how they are read, matched with areas, added up and shown."""
