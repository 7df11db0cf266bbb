"""Asking an identity provider: https, no detours, small answers, and never longer than a few seconds."""

import time
from typing import Any

import requests

from accounts.oidc.configuration import is_safe_address

CONNECT, READ = 3.05, 5.0  # seconds until the first sign of life, and between two
DEADLINE = 8.0  # seconds for a whole answer, however slowly it drips
MOST_BYTES = 1_000_000
CHUNK = 16_384


class ProviderSession(requests.Session):
    """A session of `requests` that a slow, big or roving answer cannot hold up."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Ask, with our bounds whatever the caller says."""
        if not is_safe_address(str(url)):
            raise requests.exceptions.InvalidURL("an identity provider is asked over https")
        bounds: dict[str, Any] = {"timeout": (CONNECT, READ), "allow_redirects": False, "stream": True}
        until = time.monotonic() + DEADLINE
        response = super().request(method, url, *args, **{**kwargs, **bounds})
        # `requests` reads an answer whole, with no bound on size or time: read it here, as it would have.
        response._content = _content(response, until)
        return response


def _content(response: requests.Response, until: float) -> bytes:
    content = b""
    with response:
        while chunk := response.raw.read1(
            CHUNK, decode_content=True
        ):  # what has come, not a chunk that has to fill up
            content += chunk
            if len(content) > MOST_BYTES:
                raise requests.exceptions.ContentDecodingError("the answer is too big")
            if time.monotonic() > until:
                raise requests.exceptions.ReadTimeout("the answer takes too long")
    return content
