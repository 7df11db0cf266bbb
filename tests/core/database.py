"""How another process finds a database of the same server."""

import os
import re


def in_database(name: str) -> str:
    """DATABASE_URL with another database."""
    url = os.environ.get("DATABASE_URL", "postgis:///gebiedsplein")
    return re.sub(r"/[^/?]+(\?|$)", rf"/{name}\1", url)
