"""Menus and footers for tests and the demo."""

from collections.abc import Sequence
from typing import Any

import factory
from django.conf import settings
from wagtail.models import Locale

from zaveza.navigation.models import Footer, Menu


def link(label: str, *, page: Any = None, address: str = "", tail: str = "") -> dict[str, Any]:
    """The value of one link block, to a page or to an address."""
    return {"label": label, "tail": tail, "page": page.pk if page else None, "address": address}


def menu_items(links: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Links as the stream of a menu."""
    return [{"type": "link", "value": value} for value in links]


def footer_columns(columns: Sequence[tuple[str, Sequence[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """`(heading, links)` pairs as the stream of a footer."""
    return [{"type": "column", "value": {"heading": heading, "links": list(links)}} for heading, links in columns]


def source_locale() -> Locale:
    """The locale of the site's source language."""
    return Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]


class MenuFactory(factory.django.DjangoModelFactory):
    """A menu in Slovene with the pledges and the municipalities."""

    class Meta:
        model = Menu

    locale = factory.LazyFunction(source_locale)
    items = factory.LazyFunction(
        lambda: menu_items([link("Občine", address="/municipalities/"), link("Zaveze", address="/pledges/")])
    )


class FooterFactory(factory.django.DjangoModelFactory):
    """A footer in Slovene with one column and a colophon."""

    class Meta:
        model = Footer

    locale = factory.LazyFunction(source_locale)
    columns = factory.LazyFunction(lambda: footer_columns([("Za branje", [link("Zaveze", address="/pledges/")])]))
    colophon_heading = "Kolofon"
    colophon = "<p>Podatki in besedila: CC BY 4.0.</p>"
