"""Addresses: how they are folded, read from files, brought in and found."""
