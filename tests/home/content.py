"""Blocks, pictures and many pages for the tests of pages."""

import datetime as dt
import io
import re
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import Page

from zaveza.images.models import CustomDocument, CustomImage


def read(client: Client, path: str) -> str:
    """The HTML of a page that is there, with every run of white space as one space."""
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " "))


def text(html: str, language: str = "") -> dict[str, Any]:
    return {"type": "text", "value": {"text": html, "language": language}}


def heading(words: str, level: str = "2", note: str = "", language: str = "") -> dict[str, Any]:
    return {"type": "heading", "value": {"text": words, "level": level, "note": note, "language": language}}


def block(kind: str, /, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": {"language": "", **value}}


def picture(title: str = "slika", width: int = 300, height: int = 200) -> CustomImage:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return CustomImage.objects.create(
        title=title,
        file=ContentFile(file.getvalue(), f"{title}.png"),
        width=width,
        height=height,
        description=f"Kaj kaže {title}",
    )


def document(title: str = "Vabilo") -> CustomDocument:
    return CustomDocument.objects.create(
        title=title,
        file=ContentFile(b"%PDF-1.4 vabilo", "vabilo.pdf"),
        language="pl",
        dated=dt.date(2014, 8, 1),
        accessibility_note="skan brez besedila",
    )


def many_pages(parent: Page, model: type[Page], count: int, **values: Any) -> None:
    """Published pages below a parent, written row by row past the tree's own methods: thousands in seconds."""
    parent.refresh_from_db()
    content_type = ContentType.objects.get_for_model(model)
    first = parent.numchild + 1
    for number in range(first, first + count):
        slug = f"{model._meta.model_name}-{number}"
        page = Page(
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            title=f"Stran {number}",
            draft_title=f"Stran {number}",
            slug=slug,
            url_path=f"{parent.url_path}{slug}/",
            content_type=content_type,
            locale_id=parent.locale_id,
            translation_key=uuid.uuid4(),
            live=True,
        )
        Page.objects.bulk_create([page])
        child = model(
            page_ptr=page, **{name: make(number) if callable(make) else make for name, make in values.items()}
        )
        child.__dict__.update({field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields})
        # `raw` writes this model's own row only; the page's is there.
        child.save_base(raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=first + count - 1)
