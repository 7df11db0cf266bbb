"""Signing in with the identity provider of the municipality (OpenID Connect): allauth goes the round, we say what it means."""
