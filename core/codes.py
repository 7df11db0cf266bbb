"""Codes that people read aloud or type over: no letters that look alike (Crockford's base 32)."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 8) -> str:
    """A random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_reference() -> str:
    """What a person can name when they call about a fault: `7K2M-9QXD`."""
    code = new_code()
    return f"{code[:4]}-{code[4:]}"
