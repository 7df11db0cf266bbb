"""What a file is, by its own bytes; what the browser calls it proves nothing."""

from collections.abc import Callable

HEAD = 4096  # bytes that are looked at

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


def is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def is_json(head: bytes) -> bool:
    return is_text(head) and head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def is_text(head: bytes) -> bool:
    """UTF-8, a Windows code page or UTF-16 with its mark: anything without the control characters that text never has."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="ignore").encode(errors="ignore")
    return bool(head) and not any(byte < 32 and byte not in b"\t\n\f\r" for byte in head)


def is_csv(head: bytes) -> bool:
    return is_text(head) and head.lstrip()[:1] != b"<"


def is_zip(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def is_odt(head: bytes) -> bool:
    return is_zip(head) and f"mimetype{ODT}PK".encode() in head


def is_geopackage(head: bytes) -> bool:
    return head.startswith(b"SQLite format 3\x00")


# Content type: how it is recognised, and the ending its name gets.
SIGNATURES: dict[str, tuple[Callable[[bytes], bool], str]] = {
    "image/jpeg": (lambda head: head.startswith(b"\xff\xd8\xff"), ".jpg"),
    "image/png": (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), ".png"),
    "image/webp": (is_webp, ".webp"),
    "application/pdf": (lambda head: head.startswith(b"%PDF-"), ".pdf"),
    XLSX: (is_zip, ".xlsx"),
    DOCX: (is_zip, ".docx"),
    ODT: (is_odt, ".odt"),
    "application/zip": (is_zip, ".zip"),
    "application/geopackage+sqlite3": (is_geopackage, ".gpkg"),
    "application/geo+json": (is_json, ".geojson"),
    "application/json": (is_json, ".json"),
    "text/csv": (is_csv, ".csv"),
}


def sniff(head: bytes, name: str, accepts: tuple[str, ...]) -> str | None:
    """The first accepted content type that the bytes agree with; between equals the ending of the name decides."""
    fitting = [content_type for content_type in accepts if SIGNATURES[content_type][0](head[:HEAD])]
    by_name = [content_type for content_type in fitting if name.lower().endswith(SIGNATURES[content_type][1])]
    return next(iter(by_name or fitting), None)
