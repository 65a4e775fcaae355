"""Message catalogues in Python alone: collect the strings, keep the `.po` files complete, compile them.

Django's own `makemessages` and `compilemessages` need GNU gettext on the machine; this project needs only Python.
Message ids are English. Slovene must be complete; Georgian and Polish must be complete in what the public sees.
"""

import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ("home", "pledges", "search", "site", "templates")

# As gettext knows them; Babel's own rule for Georgian has one form, Django's (and CLDR's) two.
PLURALS = {
    "sl": (4, "(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)"),
    "en": (2, "(n != 1)"),
    "ka": (2, "(n != 1)"),
    "pl": (3, "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
}
# English needs no translation of its own ids; the catalogue is there for those who want to change a word.
MUST_BE_COMPLETE = {"sl": "everything", "pl": "public", "ka": "public"}
# Folders and modules whose strings only people in the admin or at the command line see; of the templates: `admin`.
INTERNAL = {
    "admin", "append_only", "apps", "blocks", "checks", "exchange", "fetching", "forms", "management", "migrations",
    "models",
    "page_import", "panels", "permissions", "roles", "services", "users", "viewsets", "wagtail_hooks",
}  # fmt: skip

_SINGULAR = ("_", "gettext", "gettext_lazy", "gettext_noop")
_PLURAL = ("ngettext", "ngettext_lazy")
_KEYWORDS = {
    **dict.fromkeys(_SINGULAR),
    **dict.fromkeys(_PLURAL, (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]|%[sd]|\{\w*\}")

# How messages are told apart: context, singular.
Key = tuple[str | None, str]
# A string, or all forms of a counted one.
Text = str | tuple[str, ...]


@dataclass
class Found:
    """A string of the code or the templates, and the files it stands in."""

    id: Text
    context: str | None
    files: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        """Whether a visitor may see it: it stands in a file that is not the admin's alone."""
        return not all(map(_is_internal, self.files))


def po_path(language: str, root: Path = ROOT) -> Path:
    """Where the catalogue of a language lies."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(root: Path = ROOT) -> dict[Key, Found]:
    """Every translatable string of the project's Python files and templates."""
    found: dict[Key, Found] = {}
    for path in _source_files(root):
        name = path.relative_to(root).as_posix()
        for message_id, comments, context in _strings_of(path):
            key = _key(message_id, context)
            entry = found.setdefault(key, Found(message_id, context))
            if isinstance(message_id, tuple):  # used both alone and counted: one entry, with its plural
                entry.id = message_id
            entry.files.add(name)
            entry.comments += [comment for comment in comments if comment not in entry.comments]
    return found


def update(language: str, found: dict[Key, Found], root: Path = ROOT) -> int:
    """Write a language's catalogue anew with the given strings, keeping its translations; return how many are missing.

    A translation whose string is gone stays in the file, commented out, and returns together with its string.
    """
    known = _translations(language, root)
    catalogue = _empty(language)
    missing = 0
    for key in sorted(found, key=lambda key: (key[1], key[0] or "")):
        entry = found[key]
        old = known.pop(key, None)
        text = _fitting(old, entry.id, catalogue.num_plurals)
        catalogue.add(
            entry.id,
            string=text,
            flags=old.flags & {"fuzzy"} if old is not None else (),
            locations=[(name, 0) for name in sorted(entry.files)],
            auto_comments=entry.comments,
            user_comments=old.user_comments if old is not None else (),
            context=entry.context,
        )
        missing += not _is_translated(text)
    for key, old in known.items():
        if _is_translated(old.string):
            catalogue.obsolete[key] = old  # type: ignore[index]  # any key will do, and ours is unique
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, include_lineno=False)
    path = po_path(language, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_without_dates(buffer.getvalue()))
    return missing


def problems(language: str, found: dict[Key, Found], root: Path = ROOT) -> list[str]:
    """What is wrong with a language's catalogue, one line each; empty when it is complete and sound."""
    path = po_path(language, root)
    if not path.exists():
        return [f"{language}: no catalogue"]
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    lines = []
    if (catalogue.num_plurals, catalogue.plural_expr.replace(" ", "")) != (
        PLURALS[language][0],
        PLURALS[language][1].replace(" ", ""),
    ):
        lines.append("its plural rule is not the language's")
    entries = {_key(message.id, message.context): message for message in catalogue if message.id}
    for key, entry in found.items():
        message = entries.pop(key, None)
        if message is None:
            lines.append(f"not in the catalogue: {key[1]!r} ({', '.join(sorted(entry.files))})")
        else:
            lines += _problems_of(message, entry, catalogue.num_plurals, MUST_BE_COMPLETE.get(language, ""))
    lines += [f"no longer in the code: {singular!r}" for _, singular in entries]
    return [f"{language}: {line}" for line in lines]


def compile_catalogues(root: Path = ROOT) -> list[str]:
    """Compile every catalogue that changed since it was compiled; return their languages."""
    compiled = []
    for language in PLURALS:
        source = po_path(language, root)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language)
        # Under its own name first: two processes may do this at the same time.
        temporary = target.with_suffix(f".{os.getpid()}")
        with temporary.open("wb") as file:
            write_mo(file, catalogue)
        temporary.replace(target)
        compiled.append(language)
    return compiled


def _source_files(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            is_code = path.suffix == ".py" and "migrations" not in path.parts
            is_template = path.suffix in {".html", ".txt"} and "templates" in path.parts
            if is_code or is_template:
                yield path


def _strings_of(path: Path) -> Iterator[tuple[Text, list[str], str | None]]:
    if path.suffix == ".py":
        source = path.read_bytes()
    else:
        from django.utils.translation.template import templatize

        # Brackets around it: within them Python cares neither for indentation nor for line ends.
        source = f"({templatize(path.read_text(encoding='utf-8'), origin=str(path))}\n)".encode()
    for _, message_id, comments, context in extract(
        "python", io.BytesIO(source), keywords=_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        if message_id:
            yield message_id, comments, context


def _is_internal(name: str) -> bool:
    parts = set(Path(name).with_suffix("").parts)
    return "admin" in parts if "templates" in parts else not parts.isdisjoint(INTERNAL)


def _key(message_id: str | Iterable[str], context: str | None) -> Key:
    return context, message_id if isinstance(message_id, str) else next(iter(message_id))


def _empty(language: str) -> Catalog:
    catalogue = Catalog(language, header_comment="# Messages of Zaveza, kept by manage.py messages.", fuzzy=False)
    number, expression = PLURALS[language]
    vars(catalogue).update(_num_plurals=number, _plural_expr=expression)
    return catalogue


def _translations(language: str, root: Path) -> dict[Key, Message]:
    path = po_path(language, root)
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    messages = [*catalogue.obsolete.values(), *(message for message in catalogue if message.id)]
    return {_key(message.id, message.context): message for message in messages}


def _fitting(old: Message | None, message_id: Text, forms: int) -> Text:
    """The old translation in the shape that the string has now: one text, or one for each plural form."""
    texts = _texts(old.string) if old is not None else []
    if isinstance(message_id, str):
        return texts[0] if texts else ""
    return tuple(texts) if len(texts) == forms else ("",) * forms


def _texts(string: str | Iterable[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or ())


def _is_translated(string: str | Iterable[str] | None) -> bool:
    texts = _texts(string)
    return bool(texts) and all(texts)


def _problems_of(message: Message, entry: Found, forms: int, complete: str) -> list[str]:
    lines = []
    ids = _texts(entry.id)
    translated = _is_translated(message.string)
    if complete == "everything" or (complete == "public" and entry.is_public):
        if not translated:
            lines.append(f"not translated: {ids[0]!r} ({', '.join(sorted(entry.files))})")
        if message.fuzzy:
            lines.append(f"uncertain (fuzzy): {ids[0]!r}")
    if len(_texts(message.id)) != len(ids):
        lines.append(f"has a plural in only one of code and catalogue: {ids[0]!r}")
    elif len(ids) == 2 and len(_texts(message.string)) != forms:
        lines.append(f"needs {forms} plural forms: {ids[0]!r}")
    allowed = [sorted(_PLACEHOLDER.findall(text)) for text in ids]
    for text in filter(None, _texts(message.string)):
        if sorted(_PLACEHOLDER.findall(text)) not in allowed:
            lines.append(f"placeholders differ: {ids[0]!r} and {text!r}")
    return lines


def _without_dates(content: bytes) -> bytes:
    """Without the header lines that change at every run, or name nobody."""
    kept = (b'"Language:', b'"Plural-Forms', b'"MIME-Version', b'"Content-')
    header, _, messages = content.partition(b"\n\n")
    lines = header.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b'"') or line.startswith(kept)) + b"\n" + messages
