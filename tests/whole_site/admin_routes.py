"""Every address of the admin, and whose record to ask it for."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Revision, Site

from pledges.models import ExtractionMark, Programme
from pledges.permissions import MUNICIPALITY_PATHS
from zaveza.images.models import CustomDocument, CustomImage
from zaveza.mail.models import OutgoingMail
from zaveza.navigation.models import Footer, Menu
from zaveza.users.models import User

from .routes import ADMIN, walk

# Raises an error on purpose, so that people see the page of a 500.
NEVER_ASKED = {"wagtailadmin_error_test"}

# Namespaces that do not end in the name of a model.
NAMESPACES: dict[str, type[Model]] = {
    "wagtailadmin_api:documents": CustomDocument,
    "wagtailadmin_api:images": CustomImage,
    "wagtailadmin_api:pages": Page,
    "pledges_import": apps.get_model("pledges", "ImportJob"),
    # The desk is about a programme and the extractions of it.
    "extraction": Programme,
    "missed_searches": apps.get_model("search", "MissedQuery"),
    "outgoing_mail": OutgoingMail,
    "search_names": apps.get_model("search", "SearchName"),
    "search_synonyms": apps.get_model("search", "SearchSynonym"),
    "wagtailadmin_collections": Collection,
    "wagtaildocs": CustomDocument,
    "wagtaildocs_chooser": CustomDocument,
    "wagtailimages": CustomImage,
    "wagtailimages_chooser": CustomImage,
    "wagtaillocales": Locale,
    "wagtailsites": Site,
    "wagtailsnippetchoosers_navigation_footer": Footer,
    "wagtailsnippetchoosers_navigation_menu": Menu,
    "wagtailsnippets_navigation_footer": Footer,
    "wagtailsnippets_navigation_menu": Menu,
    "wagtailusers_groups": Group,
    "wagtailusers_users": User,
}

# What stands for a parameter in Wagtail's own addresses, whatever the namespace. What does not exist in the test's
# site (workflows, uploads, translations being edited) is asked for by a key that somebody may guess.
PARAMETERS: dict[str, Callable[[], Any]] = {
    "page_id": lambda: _a_page().pk,
    "parent_page_id": lambda: _a_page().pk,
    "page_to_move_id": lambda: _a_page().pk,
    "page_pk": lambda: _a_page().pk,
    "destination_id": lambda: Page.get_first_root_node().pk,
    "revision_id": lambda: Revision.objects.values_list("pk", flat=True)[0],
    "content_type_app_name": lambda: "home",
    "content_type_model_name": lambda: "newspage",
    "collection_id": lambda: Collection.get_first_root_node().pk,
    "image_id": lambda: CustomImage.objects.values_list("pk", flat=True)[0],
    "document_id": lambda: CustomDocument.objects.values_list("pk", flat=True)[0],
    "filter_spec": lambda: "width-100",
    "uidb64": lambda: "MQ",
    "token": lambda: "set-password",
    "mode": lambda: "live",
    "doc_id": lambda: 1,
    "redirect_id": lambda: Redirect.objects.values_list("pk", flat=True)[0],
    "action_name": lambda: "approve",
    "action": lambda: "delete",
    "mark": lambda: ExtractionMark.objects.values_list("pk", flat=True)[0],
    **{
        name: lambda: 1
        for name in (
            "object_id",
            "overridable_segment_id",
            "session_id",
            "string_segment_id",
            "task_id",
            "task_state_id",
            "translation_id",
            "translation_source_id",
            "uploaded_file_id",
            "workflow_pk",
            "workflow_state_id",
        )
    },
}
# Parameters that name a model: all of the record's, for Wagtail's generic views ask for the model's permission only.
_MODEL_PARAMETERS = ({"app_label", "model_name"}, {"app_name", "model_name"})


def _a_page() -> Page:
    return Page.objects.filter(depth__gt=2, live=False).order_by("pk")[0]


def _one(records: list[Any]) -> int:
    return records[0].pk if records else 1


def admin_names() -> set[str]:
    """The names of all addresses of the admin but the catch-all."""
    return {
        name
        for path, name in walk(get_resolver().url_patterns)
        if path.startswith(ADMIN) and "^.*" not in path and name not in NEVER_ASKED
    }


def model_of(name: str) -> type[Model] | None:
    """The model whose records the addresses of a namespace are about."""
    namespace = name.rpartition(":")[0]
    if namespace in NAMESPACES:
        return NAMESPACES[namespace]
    by_name = {model._meta.model_name: model for model in apps.get_app_config("pledges").get_models()}
    return by_name.get(namespace.removesuffix("_chooser").replace("_", ""))


def parameters() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name with the names of its parameters; a name may stand at several addresses."""
    yield from sorted(set(_parameters(get_resolver().url_patterns)))


def _parameters(
    patterns: list[URLPattern | URLResolver], names: tuple[str, ...] = (), above: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    wanted = admin_names()
    for pattern in patterns:
        here = (*above, *_names_in(pattern))
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _parameters(pattern.url_patterns, inner, here)
        else:
            name = ":".join([*names, pattern.name or ""])
            if name in wanted:
                yield name, here


def _names_in(pattern: URLPattern | URLResolver) -> list[str]:
    inner: Any = pattern.pattern
    return [*inner.converters] or list(re.compile(inner.regex.pattern).groupindex)


def unknown_parameters() -> list[str]:
    """Addresses for which nobody says what to ask."""
    unknown = []
    for name, names in parameters():
        for parameter in names:
            known = parameter in PARAMETERS or parameter in {"pk", "revision_id_a", "revision_id_b"}
            if not known and not any(parameter in pair for pair in _MODEL_PARAMETERS):
                unknown.append(f"{name}: {parameter}")
            if parameter == "pk" and model_of(name) is None and not name.startswith(_WAGTAILS_OWN):
                unknown.append(f"{name}: whose pk?")
    return unknown


# Their `pk` is a page's or that of something that the test's site does not have.
_WAGTAILS_OWN = ("wagtailadmin_pages", "wagtailadmin_workflows", "wagtail_localize", "wagtailsettings")


def addresses(records: Callable[[type[Model]], list[Any]]) -> Iterator[tuple[str, str]]:
    """Every address of the admin with its name, for each of the records that `records` gives of a model."""
    for name, names in parameters():
        for values in _values(name, names, records):
            try:
                yield name, reverse(name, kwargs=values)
            except NoReverseMatch:
                yield name, reverse(name, args=list(values.values()))


def _values(name: str, names: tuple[str, ...], records: Callable[[type[Model]], list[Any]]) -> Iterator[dict[str, Any]]:
    given = {parameter: PARAMETERS[parameter]() for parameter in names if parameter in PARAMETERS}
    if "revision_id_a" in names:
        given |= {"pk": _a_page().pk, "revision_id_a": "earliest", "revision_id_b": "latest"}
    for pair in _MODEL_PARAMETERS:
        if pair <= set(names):
            for model in MUNICIPALITY_PATHS:
                app, code = (names[names.index(part)] for part in sorted(pair))
                key = {"pk": _one(records(model))} if "pk" in names else {}
                yield {**given, app: model._meta.app_label, code: model._meta.model_name, **key}
            return
    if "pk" not in names or "pk" in given:
        yield given
        return
    model = model_of(name)
    found = [record.pk for record in records(model)] if model else []
    for pk in found or [1]:
        yield {**given, "pk": pk}
