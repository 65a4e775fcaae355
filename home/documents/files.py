"""Documents of the library with the text of their files: those that a page offers to everybody.

An upload alone publishes nothing: a document may be meant for a draft, or for nobody yet. So the search knows one only
while at least one published page without a restriction refers to it, in whatever block or text (Wagtail's reference
index, which reads pages as they are published, never their drafts), and while its collection is open to all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.db.models.query import ModelIterable
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from search.documents import SearchDocument
from search.registry import DocumentSource
from zaveza import clock
from zaveza.base.querysets import in_open_collection, readable
from zaveza.images.models import CustomDocument
from zaveza.images.services import text_of

from .pages import EditionSource, EventSource, GoodPracticeSource, NewsSource, ProjectSource

# Documents are narrowed down by what narrows down the pages that offer them.
_SCOPED = (NewsSource, ProjectSource, EventSource, GoodPracticeSource, EditionSource)
_AT_ONCE = 1_000


def _uses() -> QuerySet[ReferenceIndex]:
    """What pages refer to, of documents alone."""
    types = ContentType.objects.get_for_models(Page, CustomDocument)
    return ReferenceIndex.objects.filter(base_content_type=types[Page], to_content_type=types[CustomDocument])


def files_used_by(pages: Iterable[Any]) -> list[str]:
    """Keys of the documents to which the pages with these keys refer, public or not."""
    found: set[str] = set()
    keys = [str(key) for key in pages]
    # A database takes only so many values at once.
    for start in range(0, len(keys), _AT_ONCE):
        uses = _uses().filter(object_id__in=keys[start : start + _AT_ONCE])
        found.update(uses.values_list("to_object_id", flat=True))
    return sorted(found)


class _WithScopes(ModelIterable):
    """Documents, each with the facets of the public pages that offer it as `scopes`."""

    def __iter__(self) -> Iterator[Any]:
        documents = list(super().__iter__())
        scopes = _scopes_of(documents) if documents else {}
        for document in documents:
            document.scopes = scopes.get(str(document.pk), {})
        return iter(documents)


def _scopes_of(documents: list[Any]) -> dict[str, dict[str, list[str]]]:
    uses = _uses().filter(to_object_id__in=[str(document.pk) for document in documents])
    offered: dict[int, set[str]] = defaultdict(set)
    for page, document in uses.values_list("object_id", "to_object_id"):
        offered[int(page)].add(document)
    scopes: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for source in (kind() for kind in _SCOPED):
        for page in source.queryset().filter(pk__in=list(offered)):
            for document in offered[page.pk]:
                for code, values in source.facets(page).items():
                    scopes[document][code] = sorted({*scopes[document].get(code, ()), *values})
    return scopes


class FileSource(DocumentSource):
    """Documents in the language that their uploader chose, or the site's first one."""

    type = "document"
    model = CustomDocument
    label: ClassVar[Any] = _("Documents")
    kind: ClassVar[Any] = _("Document")

    def queryset(self) -> QuerySet:
        # Keys of pages as the reference index writes them: text, for whatever other models have.
        pages = readable(Page.objects.filter(depth__gt=1)).order_by().annotate(key=Cast("pk", CharField()))
        uses = _uses().filter(to_object_id=Cast(OuterRef("pk"), CharField()), object_id__in=pages.values("key"))
        documents = in_open_collection(CustomDocument.objects.filter(Exists(uses)))
        documents = documents.select_related("read_text").order_by("pk")
        documents._iterable_class = _WithScopes
        return documents

    def documents(self, objects: Iterable[Any]) -> Iterator[SearchDocument]:
        for document in objects:
            data = {"file": document.file_extension.upper(), "bytes": document.file_size}
            yield SearchDocument(
                id=f"document-{document.pk}",
                type=self.type,
                language=document.language or settings.LANGUAGE_CODE,
                title=document.title,
                body=text_of(document),
                url=document.url,
                facets={code: values for code, values in document.scopes.items() if values},
                date=document.dated or document.created_at.astimezone(clock.SITE_ZONE).date(),
                data={key: value for key, value in data.items() if value},
            )
