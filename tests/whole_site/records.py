"""Records that nobody may read yet, or never, beside public ones of the same municipality."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models as db

from pledges import factories, models, services
from pledges.enums import (
    AmendedField,
    DeskStepKind,
    EditionState,
    LinkPurpose,
    LinkResult,
    LinkState,
    MarkOutcome,
    OrganisationKind,
    PledgeState,
    PolicyKind,
    PromisedBy,
    ReplyState,
    Stage,
    Status,
)
from pledges.forms.uploads import DOCUMENTS_AND_PICTURES, clean_upload
from search.models import MissedQuery, SearchAlert
from zaveza import clock
from zaveza.base.models import TickRun
from zaveza.images.models import CustomImage
from zaveza.mail.factories import OutgoingMailFactory
from zaveza.mail.models import OutgoingMail
from zaveza.users.factories import UserFactory
from zaveza.users.models import User

from .words import Words, values_for


@dataclass
class PublicRecords:
    """What the private records stand beside."""

    municipality: models.Municipality
    edition: models.Edition
    hub: models.Organisation
    candidacy: models.Candidacy
    programme: models.Programme
    pledge: models.Pledge
    assessment: models.Assessment
    proposal: models.Proposal
    pledges: list[models.Pledge] = field(default_factory=list)


class RecordMaker:
    """Makes records whose every text is a word."""

    def __init__(self, private: Words, public: Words) -> None:
        self.private = private
        self.public = public

    def texts(self, model: type[db.Model], state: str = "", **given: Any) -> dict[str, Any]:
        """A word for every text of a private record; files under the names that uploads get."""
        return {**self._texts(model, self.private, state or "draft"), **given}

    def public_texts(self, model: type[db.Model], **given: Any) -> dict[str, Any]:
        return {**self._texts(model, self.public, "public"), **given}

    @staticmethod
    def _texts(model: type[db.Model], words: Words, state: str) -> dict[str, Any]:
        values = values_for(model, words, f"{model._meta.label} ({state})")
        for name, value in values.items():
            if isinstance(model._meta.get_field(name), db.FileField) and value.name.endswith(".pdf"):
                upload = SimpleUploadedFile(value.name, value.read(), "application/pdf")
                values[name] = clean_upload(upload, DOCUMENTS_AND_PICTURES)
        return values

    @staticmethod
    def moments() -> Iterator[tuple[str, dt.datetime | None]]:
        """When a record is published that is not public: never, and tomorrow."""
        yield "draft", None
        yield "published tomorrow", clock.now() + dt.timedelta(days=1)

    # Public ones

    def make_public(self) -> PublicRecords:
        """A mayor with two versions of a programme and pledges with everything that may stand around them."""
        texts = self.public_texts
        edition = factories.EditionFactory(year=2022, title=self.public.new("pledges.EditionText (public).title"))
        edition.texts.update(funder_text=self.public.new("pledges.EditionText (public).funder_text"))
        factories.KeyDateFactory(
            edition=edition, date=dt.date(2026, 9, 1), title=self.public.new("pledges.KeyDateText (public).title")
        )
        municipality = factories.MunicipalityFactory(code="AJD")
        hub = factories.HubFactory(**texts(models.Organisation, logo=None), covers=[municipality])
        factories.PartnershipFactory(organisation=hub, edition=edition)
        person = factories.PersonFactory(**texts(models.Person))
        candidacy = factories.CandidacyFactory(
            **texts(models.Candidacy), person=person, municipality=municipality, edition=edition
        )
        factories.MandateFactory(candidacy=candidacy)
        first = factories.ProgrammeFactory(**texts(models.Programme), candidacy=candidacy)
        programme = factories.ProgrammeFactory(
            **texts(models.Programme), candidacy=candidacy, version=2, supersedes=first
        )
        models.ProgrammeCriterion.objects.create(programme=programme, met=True, **texts(models.ProgrammeCriterion))
        factories.RecognitionFactory(**texts(models.Recognition), candidacy=candidacy, published_at=factories.LONG_AGO)
        pledges = [
            factories.PledgeFactory(
                **texts(models.Pledge),
                title=self.public.new("pledges.PledgeText (public).title"),
                programme=programme,
                published=True,
            )
            for _number in range(3)
        ]
        evidence = factories.EvidenceFactory(**texts(models.Evidence), pledge=pledges[0])
        assessment = factories.AssessmentFactory(
            **texts(models.Assessment), pledge=pledges[0], evidence=[evidence], published=True
        )
        for kind in PolicyKind:
            words = texts(models.PolicyText, body=f"<p>{self.public.new('pledges.PolicyText (public).body')}</p>")
            factories.PolicyVersionFactory(kind=kind, version="1.0", words=[words], published_at=factories.LONG_AGO)
        reviewer = UserFactory(email="pregledovalka@example.si")
        services.publish_reply(
            factories.ReplyFactory(**texts(models.Reply), state=ReplyState.RECEIVED, pledge=pledges[0])
        )
        services.publish_correction(factories.CorrectionFactory(**texts(models.Correction), pledge=pledges[0]))
        amendment = factories.AmendmentFactory(
            **texts(models.Amendment), pledge=pledges[1], part=AmendedField.SUCCESS_CRITERIA
        )
        services.publish_amendment(amendment, reviewer)
        proposal = factories.ProposalFactory(
            **texts(models.Proposal),
            edition=edition,
            organisation=hub,
            municipality=municipality,
            published_at=factories.LONG_AGO,
        )
        self.taken_up(proposal, candidacy, pledges[0])
        return PublicRecords(
            municipality, edition, hub, candidacy, programme, pledges[0], assessment, proposal, pledges
        )

    @staticmethod
    def taken_up(proposal: models.Proposal, candidacy: models.Candidacy, pledge: models.Pledge | None) -> None:
        """Say that a candidacy took a proposal up."""
        models.ProposalUptake.objects.create(proposal=proposal, candidacy=candidacy, pledge=pledge, extent="fully")

    # Private ones

    def make_private(self, beside: PublicRecords) -> None:
        """At least one private record of each model, as near to public ones as it can be."""
        for state, moment in self.moments():
            self._edition(beside, state, moment)
            self._organisation(beside, state, moment)
            self._candidacy(beside, state, moment)
            self._mandate(state, moment)
            self._programme(beside, state, moment)
            self._said_of(beside, state, moment)
            self._policies(state, moment)
        self._pledges(beside)
        self._assessments(beside)
        self._tomorrow(beside)
        self._extractions(beside)
        self._never_public(beside)

    def picture(self, state: str) -> CustomImage:
        """A picture that only a private record or page shows."""
        return CustomImage.objects.create(width=40, height=30, **self.texts(CustomImage, state))

    def _edition(self, beside: PublicRecords, state: str, moment: dt.datetime | None) -> None:
        year = 2030 if moment is None else 2034
        edition = factories.EditionFactory(
            **self.texts(models.Edition, state), year=year, state=EditionState.RUNNING, published_at=moment
        )
        edition.texts.all().delete()
        models.EditionText.objects.create(
            edition=edition, language="sl", **self.texts(models.EditionText, f"of an edition, {state}")
        )
        key_date = models.KeyDate.objects.create(edition=edition, date=dt.date(2026, 6, 1))
        models.KeyDateText.objects.create(
            key_date=key_date, language="sl", **self.texts(models.KeyDateText, f"of an edition, {state}")
        )
        factories.ProposalFactory(
            **self.texts(models.Proposal, f"of an edition, {state}"), edition=edition, published_at=factories.LONG_AGO
        )
        self._branch(beside, f"of an edition, {state}", edition=edition)

    def _branch(self, beside: PublicRecords, state: str, **of_candidacy: Any) -> None:
        """Published records from a candidacy down whose whole is private, and a pledge with all around it."""
        person = factories.PersonFactory(**self.texts(models.Person, state))
        candidacy = factories.CandidacyFactory(
            **{
                **self.texts(models.Candidacy, state),
                "person": person,
                "municipality": beside.municipality,
                "edition": beside.edition,
                **of_candidacy,
            }
        )
        programme = factories.ProgrammeFactory(**self.texts(models.Programme, state), candidacy=candidacy)
        factories.RecognitionFactory(
            **self.texts(models.Recognition, state), candidacy=candidacy, published_at=factories.LONG_AGO
        )
        pledge = self.pledge_in_public_state(programme, state)
        self.taken_up(beside.proposal, candidacy, pledge)
        self.taken_up(beside.proposal, candidacy, None)

    def pledge_in_public_state(self, programme: models.Programme, state: str, **given: Any) -> models.Pledge:
        """A pledge that is published itself but not what it is part of, as when that was taken back later."""
        pledge = factories.PledgeFactory(**self.texts(models.Pledge, state), title=None, programme=programme, **given)
        for language in ("sl", "en"):
            models.PledgeText.objects.create(pledge=pledge, language=language, **self.texts(models.PledgeText, state))
        number = 500 + pledge.pk
        pledge.number, pledge.public_id = number, f"{pledge.municipality.code}-{pledge.edition.year}-{number}"
        pledge.state, pledge.published_at = PledgeState.PUBLISHED, factories.PLEDGES_PUBLISHED
        pledge.save()
        services.rebuild_statuses([pledge])
        return pledge

    def _organisation(self, beside: PublicRecords, state: str, moment: dt.datetime | None) -> None:
        organisation = factories.HubFactory(
            **self.texts(models.Organisation, state), published_at=moment, logo=self.picture(f"logo, {state}")
        )
        models.OrganisationText.objects.create(
            organisation=organisation, language="en", **self.texts(models.OrganisationText, state)
        )
        factories.HubCoverageFactory(
            **self.texts(models.HubCoverage, state), hub=organisation, municipality=beside.municipality
        )
        factories.PartnershipFactory(organisation=organisation, edition=beside.edition)
        factories.ProposalFactory(
            **self.texts(models.Proposal, f"of an organisation, {state}"),
            edition=beside.edition,
            organisation=organisation,
            published_at=factories.LONG_AGO,
        )
        self.pledge_in_public_state(
            beside.programme,
            f"promised by an organisation, {state}",
            organisation=organisation,
            promised_by=PromisedBy.NGO,
        )

    def _candidacy(self, beside: PublicRecords, state: str, moment: dt.datetime | None) -> None:
        self._branch(beside, f"of a candidacy, {state}", published_at=moment)

    def _mandate(self, state: str, moment: dt.datetime | None) -> None:
        person = factories.PersonFactory(**self.texts(models.Person, f"of a mandate, {state}"))
        municipality = factories.MunicipalityFactory(code="BOH")
        models.Mandate.objects.create(
            person=person,
            municipality=municipality,
            start=dt.date(2022, 12, 12),
            planned_end=dt.date(2026, 12, 12),
            published_at=moment,
        )

    def _programme(self, beside: PublicRecords, state: str, moment: dt.datetime | None) -> None:
        programme = factories.ProgrammeFactory(
            **self.texts(models.Programme, state),
            candidacy=beside.candidacy,
            version=3 if moment is None else 4,
            published_at=moment,
        )
        models.ProgrammeCriterion.objects.create(
            programme=programme, met=True, **self.texts(models.ProgrammeCriterion, state)
        )
        self._handed_in(programme, state)
        self.pledge_in_public_state(programme, f"of a programme, {state}")

    def _extractions(self, beside: PublicRecords) -> None:
        """Two extractions of a draft, settled, and one at work in a public programme."""
        label = models.Programme._meta.label
        text = " ".join(self.private.new(f"{label} (extracted).text") for _number in range(3))
        draft = factories.ProgrammeFactory(
            **self.texts(models.Programme, "extracted", text=text, file=""),
            candidacy=beside.candidacy,
            version=5,
            published_at=None,
        )
        made = []
        for programme in (draft, draft, beside.programme):
            factories.ProgrammeTextFactory(programme=programme)
            extraction = factories.ExtractionFactory(programme=programme)
            words = self.texts(models.ExtractionMark, "of an extraction", exact="", prefix="", suffix="")
            words["exact"] = text.split()[1] if programme is draft else ""
            made.append(factories.ExtractionMarkFactory(extraction=extraction, first_sentence=1, **words))
        for mark in made[:2]:
            services.finish_extraction(mark.extraction)
        reason = self.private.new(f"{models.MarkDecision._meta.label} (draft).reason")
        decisions = {mark.pk: services.Decision(MarkOutcome.REJECTED, reason=reason) for mark in made[:2]}
        services.decide(draft, decisions, UserFactory())

    def _policies(self, state: str, moment: dt.datetime | None) -> None:
        """Versions that nobody may read yet."""
        for kind in PolicyKind:
            factories.PolicyVersionFactory(
                kind=kind,
                version="8.0" if moment is None else "9.0",
                words=[self.texts(models.PolicyText, state)],
                published_at=moment,
            )

    def _handed_in(self, programme: models.Programme, state: str) -> None:
        """What came through the links of a candidate, and the links; none of them open."""
        models.HandIn.objects.create(programme=programme, **self.texts(models.HandIn, state))
        for purpose, revoked_at, expires_at in (
            (LinkPurpose.PROGRAMME, clock.now(), clock.now() + dt.timedelta(days=9)),
            (LinkPurpose.REPLY, None, clock.now() - dt.timedelta(days=9)),
        ):
            models.CandidacyLink.objects.update_or_create(
                candidacy=programme.candidacy,
                purpose=purpose,
                defaults={
                    "revoked_at": revoked_at,
                    "expires_at": expires_at,
                    **self.texts(models.CandidacyLink, f"{purpose}, {state}"),
                },
            )
        models.HandInDraft.objects.update_or_create(
            candidacy=programme.candidacy, defaults=self.texts(models.HandInDraft, state)
        )

    def _said_of(self, beside: PublicRecords, state: str, moment: dt.datetime | None) -> None:
        """What is said of a public candidacy or pledge."""
        factories.RecognitionFactory(
            **self.texts(models.Recognition, state), candidacy=beside.candidacy, published_at=moment
        )
        proposal = factories.ProposalFactory(
            **self.texts(models.Proposal, state), edition=beside.edition, published_at=moment
        )
        self.taken_up(proposal, beside.candidacy, beside.pledge)
        for assessment in (None, beside.assessment):
            about = {"pledge": beside.pledge, "assessment": assessment, "published_at": moment}
            factories.ReplyFactory(**self.texts(models.Reply, state), **about, state=ReplyState.RECEIVED)
            factories.CorrectionFactory(**self.texts(models.Correction, state), **about)
        # Somebody was asked in public; what came of it is not public yet.
        factories.ReplyFactory(
            **self.texts(models.Reply, f"not concluded, {state}"), pledge=beside.pledge, published_at=factories.LONG_AGO
        )

    def _pledges(self, beside: PublicRecords) -> None:
        """A pledge in each state but published."""
        author, reviewer = UserFactory(email="avtorica@example.si"), UserFactory(email="bralka@example.si")
        group = models.SimilarityGroup.objects.create(**self.texts(models.SimilarityGroup))
        models.Pledge.objects.filter(pk=beside.pledge.pk).update(similarity_group=group)

        def pledge(state: str, **given: Any) -> models.Pledge:
            made: models.Pledge = factories.PledgeFactory(
                **self.texts(models.Pledge, state),
                title=None,
                programme=beside.programme,
                similarity_group=group,
                carried_over_from=beside.pledge,
                **given,
            )
            models.PledgeText.objects.create(pledge=made, language="sl", **self.texts(models.PledgeText, state))
            return made

        draft = pledge("draft")
        services.note_author(draft, author)
        self.taken_up(beside.proposal, beside.candidacy, draft)
        services.submit_for_review(pledge("in review"), author)
        services.publish_pledge(pledge("published tomorrow"), reviewer, published_at=clock.now() + dt.timedelta(days=1))
        withdrawn, merged = pledge("withdrawn"), pledge("merged")
        for made in (withdrawn, merged):
            services.publish_pledge(made, reviewer, published_at=factories.PLEDGES_PUBLISHED)
        services.withdraw_pledge(withdrawn, self.public.new("pledges.Pledge (withdrawn).withdrawn_reason"), reviewer)
        # Who follows the address is led on; the reason is in the ledger.
        reason = self.public.new("pledges.Pledge (merged).withdrawn_reason")
        services.merge_pledge(merged, beside.pledge, reason, reviewer)
        for made in (withdrawn, merged):
            factories.ReplyFactory(
                **self.texts(models.Reply, "of a closed pledge"), pledge=made, published_at=factories.LONG_AGO
            )
            self.taken_up(beside.proposal, beside.candidacy, made)
        # A public pledge is carried over from a private one.
        models.Pledge.objects.filter(pk=beside.pledges[1].pk).update(carried_over_from=withdrawn)

    def _assessments(self, beside: PublicRecords) -> None:
        """Drafts with their translations and sources, and one that is published tomorrow."""
        users = {name: UserFactory(**self.texts(User, name)) for name in ("author", "other author")}
        uncited = models.Evidence(pledge=beside.pledge, kind="other", **self.texts(models.Evidence, "uncited"))
        uncited.save()
        cited = models.Evidence(pledge=beside.pledge, kind="other", **self.texts(models.Evidence, "cited by a draft"))
        cited.save()
        draft = factories.AssessmentFactory(
            **self.texts(models.Assessment),
            pledge=beside.pledge,
            author=users["author"],
            status=Status.FULFILLED,
            evidence=[cited],
            **self._declared("draft"),
        )
        models.DeskStep.objects.create(
            assessment=draft, kind=DeskStepKind.RETURNED, **self.texts(models.DeskStep, "returned")
        )
        in_window = factories.AssessmentFactory(
            **self.texts(models.Assessment, "in the reply window"),
            pledge=beside.pledge,
            author=users["author"],
            status=Status.STALLED,
            approver=None,
            **self._declared("in the reply window"),
        )
        models.Assessment.objects.filter(pk=in_window.pk).update(
            stage=Stage.REPLY_WINDOW, approver=users["other author"], approved_digest="0" * 64
        )
        factories.ReplyFactory(
            **self.texts(models.Reply, "in the reply window"),
            pledge=beside.pledge,
            assessment=in_window,
            state=ReplyState.RECEIVED,
        )
        models.AssessmentText.objects.create(assessment=draft, language="en", **self.texts(models.AssessmentText))
        correction = factories.AssessmentFactory(
            **self.texts(models.Assessment, "draft correction"),
            pledge=beside.pledge,
            author=users["other author"],
            supersedes=beside.assessment,
        )
        factories.ReplyFactory(
            **self.texts(models.Reply, "to a draft assessment"), pledge=beside.pledge, assessment=correction
        )
        later = models.Evidence(pledge=beside.pledge, kind="other", **self.texts(models.Evidence, "cited tomorrow"))
        later.save()
        factories.AssessmentFactory(
            **self.texts(models.Assessment, "published tomorrow"),
            pledge=beside.pledge,
            status=Status.PARTLY,
            evidence=[later],
            published_at=clock.now() + dt.timedelta(days=1),
        )

    def _declared(self, state: str) -> dict[str, str]:
        names = ("author_interest", "approver_interest", "window_skipped")
        return {name: self.private.new(f"pledges.Assessment ({state}).{name}") for name in names}

    def _tomorrow(self, beside: PublicRecords) -> None:
        """Other words for a public pledge that nobody reads yet, and the end of one."""
        factories.AmendmentFactory(
            **self.texts(models.Amendment),
            pledge=beside.pledge,
            before=self.private.new("pledges.Amendment (draft).before"),
        )
        later = factories.AmendmentFactory(**self.texts(models.Amendment, "published tomorrow"), pledge=beside.pledge)
        reviewer = UserFactory(email="bralka@example.si")
        tomorrow = clock.now() + dt.timedelta(days=1)
        services.publish_amendment(later, reviewer, published_at=tomorrow)
        # Public until then, and without a word of why it will not be.
        reason = self.private.new("pledges.Pledge (withdrawn tomorrow).withdrawn_reason")
        services.withdraw_pledge(beside.pledges[2], reason, reviewer, closed_at=tomorrow)

    def _never_public(self, beside: PublicRecords) -> None:
        """What no page ever shows: readers' messages and subscriptions, users and their hubs."""
        models.Tip.objects.create(
            pledge=beside.pledge,
            erase_on=dt.date(2027, 1, 1),
            tracking_digest="0" * 64,
            **self.texts(models.Tip, "private"),
        )
        for evidence in models.Evidence.objects.all():
            models.EvidenceState.objects.create(
                evidence=evidence, link=LinkState.BROKEN, **self.texts(models.EvidenceState, "private")
            )
            models.LinkCheck.objects.create(
                evidence=evidence,
                checked_at=clock.now(),
                result=LinkResult.FAILED,
                **self.texts(models.LinkCheck, "private"),
            )
        # What was done to a record that is gone: of one that is there, its own hub may read it.
        models.RecordLogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(models.Pledge),
            timestamp=clock.now(),
            **{**self.texts(models.RecordLogEntry, "private"), "object_id": "0", "action": "wagtail.edit"},
        )
        texts = self.texts(SearchAlert, "private")
        SearchAlert.objects.create(
            **{**texts, "language": "sl", "kind": "search"}, created_at=clock.now(), confirmed_at=clock.now()
        )
        MissedQuery.objects.create(
            days=3, **self.texts(MissedQuery, "private"), language="sl", first_on=clock.today(), last_on=clock.today()
        )
        words = self.texts(models.ImportJob, "private")
        models.ImportJob.objects.create(
            created_at=clock.now(),
            erase_on=dt.date(2027, 1, 1),
            user=beside.assessment.author,
            **{
                **words,
                "counts": [[words["counts"], 1, 0, 0]],
                "notices": [words["notices"]],
                "problems": [["pledges", 2, "", "", words["problems"], ""]],
            },
        )
        member = UserFactory(**self.texts(User, "member of a hub"))
        models.HubMember.objects.create(user=member, hub=beside.hub)
        factories.OrganisationFactory(
            **self.texts(models.Organisation, "draft, no hub"), kind=OrganisationKind.FUNDER, published_at=None
        )
        OutgoingMailFactory(**self.texts(OutgoingMail, "private"))
        TickRun.objects.create(started_at=clock.now(), has_failed=True, **self.texts(TickRun, "private"))
        # The address of whoever signed an assessment is not shown with the name.
        signer = beside.assessment.author
        signer.email = f"{self.private.new('users.User (signer).email')}@example.si"
        signer.save()
