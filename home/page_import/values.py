"""Sets the fields of a page from those of a row; says of each what is wrong and what would be right."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from zaveza.base.models.pages import BasePage
from zaveza.images.models import CustomDocument, CustomImage

from .problems import Place
from .references import NATURAL_KEYS
from .scalars import WRONG, read_date, read_flag, read_number, read_text, read_time
from .sources import Sources
from .streams import note_block_errors, prepare_stream

# Of Wagtail's own fields those that describe the page; the others are its state, its place and its history.
_FIELDS_OF_EVERY_PAGE = ("title", "slug", "seo_title", "search_description", "show_in_menus")
# Where the page stands, and what follows from its title.
_FIELDS_SET_LATER = ("path", "depth", "numchild", "url_path", "content_type", "page_ptr", "locale", "draft_title")


def importable_fields(model: type[BasePage]) -> dict[str, models.Field]:
    """The fields of a page type that a row may set, by name."""
    own = [
        each
        for each in model._meta.concrete_fields
        if each not in Page._meta.concrete_fields and each.editable and not each.primary_key
    ]
    common = [model._meta.get_field(name) for name in _FIELDS_OF_EVERY_PAGE]
    return {each.name: each for each in (*common, *own)}


def set_fields(page: BasePage, fields: dict[str, Any], sources: Sources, place: Place) -> None:
    """Set what the row names; fields that it does not name stay as they are."""
    known = importable_fields(type(page))
    for name, value in fields.items():
        if name not in known:
            (place / name).error(
                _("%(type)s has no field of this name; it has %(known)s.")
                % {"type": type(page).__name__, "known": ", ".join(known)}
            )
        else:
            _set_field(page, known[name], value, sources, place / name)
    if not fields.get("title") and not page.title:
        (place / "title").error(_("Missing; every page has a title."))
    page.draft_title = page.title
    _check(page, sources, place)


def _set_field(page: BasePage, field: models.Field, value: Any, sources: Sources, place: Place) -> None:
    if value is None:
        if field.null or field.blank:
            setattr(page, field.name, field.get_default())
        else:
            place.error(_("Must not be empty."))
        return
    read = _read_value(field, value, sources, place)
    if read is not WRONG:
        setattr(page, field.name, read)


def _read_value(field: models.Field, value: Any, sources: Sources, place: Place) -> Any:
    if isinstance(field, StreamField):
        return _read_stream(field, value, sources, place)
    if isinstance(field, RichTextField):
        return sources.html(value, field.features or [], place)
    if isinstance(field, models.ForeignKey):
        return _read_reference(field, value, sources, place)
    if isinstance(field, models.DateField):
        return read_date(value, place)
    if isinstance(field, models.TimeField):
        return read_time(value, place)
    if isinstance(field, models.BooleanField):
        return read_flag(value, place)
    if isinstance(field, models.IntegerField | models.DecimalField):
        return read_number(value, place)
    if isinstance(field, models.CharField | models.TextField):
        return read_text(value, place)
    raise NotImplementedError(f"No import of {type(field).__name__} yet: teach it to home.page_import.values.")


def _read_stream(field: StreamField, value: Any, sources: Sources, place: Place) -> Any:
    block = field.stream_block
    stream = block.to_python(prepare_stream(block, value, sources, place))
    try:
        return block.clean(stream)
    except ValidationError as error:
        note_block_errors(error, place)
        return WRONG


def _read_reference(field: models.ForeignKey, value: Any, sources: Sources, place: Place) -> Any:
    model: type[models.Model] = field.remote_field.model
    found: models.Model | None
    if issubclass(model, Page):
        return sources.page(value, place, model)
    if model is CustomImage:
        found = sources.image(value, place)
    elif model is CustomDocument:
        found = sources.document(value, place)
    elif model._meta.label_lower in NATURAL_KEYS:
        found = sources.references.record(model, value, place)
        limit: Any = field.get_limit_choices_to()
        if found and limit and not model._default_manager.filter(pk=found.pk).complex_filter(limit).exists():
            place.error(
                _("“%(value)s” cannot stand here; it has to have %(limit)s.")
                % {"value": value, "limit": ", ".join(f"{name} = {wanted}" for name, wanted in limit.items())}
            )
            return WRONG
    else:
        raise NotImplementedError(f"No natural key of {model.__name__} yet: teach it to home.page_import.references.")
    return found or WRONG


def _check(page: BasePage, sources: Sources, place: Place) -> None:
    """The model's own rules: lengths, choices, dates in order."""
    waiting = [
        field.name
        for field in page._meta.concrete_fields
        if sources.is_pending and isinstance(field, models.ForeignKey) and issubclass(field.remote_field.model, Page)
    ]
    if not page.slug:  # made from the title once the page has its place
        waiting.append("slug")
    try:
        page.full_clean(exclude=[*_FIELDS_SET_LATER, *waiting])
    except ValidationError as error:
        note_model_errors(error, place)


def note_model_errors(error: ValidationError, place: Place) -> None:
    """Note what a model finds wrong in its values, each at its own field."""
    for name, messages in error.message_dict.items():
        (place if name == NON_FIELD_ERRORS else place / name).error(" ".join(messages))
