"""Every address of the site, flattened from the URL configuration."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """(route, name) of every pattern: `("gebieden/<slug:slug>/", "areas:detail")`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [space, pattern.namespace]))
            yield from routes(pattern.url_patterns, route, inner)
        else:
            yield route, ":".join(filter(None, [space, pattern.name or ""]))
