"""Every model of the site: those that hold something private, and those of which everything is public."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

APPS = ("home", "pledges", "search", "zaveza")


def all_models() -> Iterator[type[models.Model]]:
    """The models of the site's own apps."""
    for model in apps.get_models():
        if model.__module__.partition(".")[0] in APPS:
            yield model


# Models without anything private, each with the reason. Every other model has records that nobody may read, and each of
# its texts a word of its own there.
PUBLIC_MODELS = {
    "base.DemoContent": "says on which day the demo is seen; the pages say it, too",
    "images.CustomRendition": "a size of a picture, under the name of that picture",
    "pledges.ExchangeKey": "keys that files had for records; no page reads them",
    "pledges.Municipality": "reference data, public as a whole",
    "pledges.Region": "reference data, public as a whole",
    "pledges.Topic": "the taxonomy, public as a whole",
    "pledges.TopicText": "the taxonomy, public as a whole",
    "pledges.Redaction": "says in public that words were erased, and of which record",
    "search.DocumentChange": "that a public document changed, with public ids",
    "search.IndexState": "says how the index was made",
    "search.IndexToken": "one number",
    "search.OutboxEntry": "which record changed, by its key",
    "search.RemoteIndex": "how far an index outside the database has come",
    "search.RemovedEntry": "public ids of what is gone from the index",
    "search.SearchPassage": "made of public records, without text of its own",
    "search.SearchWord": "words of public records; looked through for every private word",
    "search.SearchName": "forms of names that are public; what a candidacy hides is looked for by its own word",
    "search.SearchSynonym": "words that mean the same, no record",
    "search.SearchEntry": "made of public records; looked through for every private word",
}

# Models that hold no text: what is private about them is what they join, which the crawl shows by its words.
WITHOUT_TEXT = {
    "pledges.Extraction",
    "pledges.ExtractionAgreement",
    "pledges.HubMember",
    "pledges.KeyDate",
    "pledges.Mandate",
    "pledges.Partnership",
    "pledges.PledgeAuthor",
    "pledges.PledgeStanding",
    "pledges.PledgeStatus",
    "pledges.ProposalUptake",
}

PRIVATE_MODELS = [model for model in all_models() if model._meta.label not in PUBLIC_MODELS]

# Texts without a word of their own in a private record, each with the reason.
TEXTS_WITHOUT_WORD = {
    "home.ImportedPage.fingerprint": "a hash",
    "images.CustomDocument.file_hash": "a hash",
    "images.DocumentText.file_hash": "a hash",
    "images.DocumentText.kind": "a code such as pdf",
    "images.DocumentText.problems": "codes",
    "pledges.CandidacyLink.key": "random; the address that it opens is asked for",
    "images.CustomImage.file_hash": "a hash",
    "navigation.Footer.colophon": "public as a whole; it links to pages that are not",
    "navigation.Footer.colophon_heading": "public as a whole",
    "pledges.Assessment.approved_digest": "a hash",
    "pledges.Amendment.approver_name": "set when an amendment is published, from the user, whose name has a word",
    "pledges.Amendment.author_name": "set when an amendment is published, from the user, whose name has a word",
    "pledges.Assessment.approver_name": "set when an assessment is published, from the user, whose name has a word",
    "pledges.Assessment.author_name": "set when an assessment is published, from the user, whose name has a word",
    "pledges.Evidence.copy_type": "a code such as pdf",
    "pledges.PolicyVersion.version": "a number, not of three characters only; drafts are looked for by their words",
    "pledges.Tip.tracking_digest": "a hash",
    "pledges.AssessmentEvidence.sha256": "a hash",
    "pledges.Evidence.sha256": "a hash",
    "pledges.LedgerRow.content_sha256": "a hash; those of later rows are looked for by themselves",
    "pledges.LedgerRow.hash": "a hash; those of later rows are looked for by themselves",
    "pledges.LedgerRow.previous": "a hash",
    "pledges.LedgerRow.record": "an id",
    "pledges.Programme.sha256": "a hash",
    "pledges.ProgrammeText.problems": "codes",
    "pledges.ProgrammeText.source_sha256": "a hash",
    "pledges.RecordLogEntry.action": "the name of a step",
    "pledges.RecordLogEntry.object_id": "a key",
    "search.SearchAlert.address": "a hash",
    "search.SearchAlert.key": "random; the address that it opens is asked for",
    "search.SearchAlert.kind": "a code",
    "search.SearchAlert.query_digest": "a hash",
    "users.User.password": "a hash",
    **{
        f"{model._meta.label}.path": "the place in the tree, a number"
        for model in all_models()
        if any(field.name == "path" for field in model._meta.concrete_fields)
    },
    **{
        f"{model._meta.label}.{field.name}": "random, or a hash"
        for model in all_models()
        for field in model._meta.concrete_fields
        if field.name.endswith(("_salt", "_digest"))
    },
}
