"""Short forms in which the demo writes the blocks of its pages."""

from typing import Any

Stream = list[tuple[str, Any]]


def heading(text: str, note: str = "") -> tuple[str, Any]:
    """A section's heading with its note in the margin."""
    return "heading", {"text": text, "level": "2", "note": note, "language": ""}


def text(*paragraphs: str) -> tuple[str, Any]:
    """Running text, a paragraph each."""
    return "text", {"text": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs), "language": ""}


def items(*entries: str, kind: str = "bullets") -> tuple[str, Any]:
    """A list."""
    return "list", {"kind": kind, "items": list(entries), "language": ""}


def steps(*pairs: tuple[str, str]) -> tuple[str, Any]:
    """Numbered stages, each with a heading."""
    return "steps", {
        "steps": [{"heading": name, "text": f"<p>{body}</p>" if body else ""} for name, body in pairs],
        "language": "",
    }


def callout(kind: str, title: str, body: str, date: Any = None) -> tuple[str, Any]:
    """A remark, a warning or a correction."""
    return "callout", {"kind": kind, "title": title, "date": date, "text": f"<p>{body}</p>", "language": ""}


def downloads(*documents: Any) -> tuple[str, Any]:
    """Files of the library."""
    files = [{"document": document, "title": "", "note": ""} for document in documents]
    return "downloads", {"documents": files, "language": ""}


def initiative(name: str, description: str, audience: str, frequency: str, place: str) -> tuple[str, Any]:
    """One initiative of a programme."""
    return "initiative", {
        "name": name,
        "description": f"<p>{description}</p>",
        "audience": audience,
        "frequency": frequency,
        "place": place,
    }
