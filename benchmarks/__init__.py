"""Measured, not guessed: `./run bench` runs what is here."""
