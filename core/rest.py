"""What the API takes in, and how its description says what it refuses."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """JSON of a bounded depth; its size is bounded by Django."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The content; 400 when it is nested without end."""
        try:
            content: dict[str, Any] = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error
        return content


# Of each method: what it may answer besides what went well.
REFUSALS = {
    "get": {"400": "The question makes no sense", "404": "This is not here"},
    "post": {"400": "Not taken, with the reason of each field", "403": "Not allowed"},
    "patch": {
        "400": "Not taken, with the reason of each field",
        "403": "Not allowed",
        "404": "This is not here",
        "409": "Somebody else changed it in the meantime",
    },
}


def as_it_is(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """The description of the API, in which every operation also says how it refuses, and a feature may have no place."""
    for schema in result["components"]["schemas"].values():
        if "geometry" in schema.get("properties", {}):
            schema["properties"]["geometry"] |= {"nullable": True}
    for path in result["paths"].values():
        for method, operation in path.items():
            for status, meaning in REFUSALS[method].items() | {("429", "Too often; wait a minute")}:
                operation["responses"].setdefault(status, {"description": meaning})
    return result
