"""Figures of areas: read, counted together, laid in classes, drawn."""
