"""Stored copies of sources: what is fetched, what is refused, and who may open a copy."""

import io

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from pledges import services
from pledges.factories import AssessmentFactory, EvidenceFactory, HubFactory, MunicipalityFactory
from pledges.files import kind_of
from pledges.models import Evidence
from tests.zaveza.fetching import HOST, PDF, World, serving, world
from zaveza.users.factories import UserFactory

from .admin_people import ADMINISTRATORS, EDITORS, MONITORS, REVIEWERS, client_of, person
from .desk import approved

__all__ = ["serving", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.TODAY = "2026-02-03"
    return tmp_path


def source(path: str = "/file", **fields) -> Evidence:
    return EvidenceFactory(url=f"https://{HOST}{path}", **fields)


def stored(evidence: Evidence, content: bytes = PDF, **fields) -> Evidence:
    evidence.stored_copy.save("zapisnik-0.pdf", ContentFile(content), save=False)
    for name, value in {"sha256": "a" * 64, "copy_type": "pdf", **fields}.items():
        setattr(evidence, name, value)
    evidence.save()
    return evidence


class TestFetching:
    def test_a_file_is_stored_with_its_hash_and_kind(self, world: World):
        evidence = source()
        assert services.fetch_copy(evidence.pk, world.network)
        evidence.refresh_from_db()
        assert evidence.stored_copy.read() == PDF
        assert len(evidence.sha256) == 64
        assert (evidence.copy_type, evidence.state.copy, evidence.copy_is_public) == ("pdf", "stored", False)
        assert evidence.copied_at is not None
        assert evidence.stored_copy.name.startswith("evidence/file-")

    def test_a_page_of_the_web(self, world: World):
        evidence = source("/page")
        assert services.fetch_copy(evidence.pk, world.network)
        evidence.refresh_from_db()
        assert evidence.copy_type == "html"

    @pytest.mark.parametrize("path", ["/video", "/lying", "/missing", "/bomb"])
    def test_what_is_not_stored(self, world: World, media, path: str, settings):
        settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1_000_000
        evidence = source(path)
        assert not services.fetch_copy(evidence.pk, world.network)
        evidence.refresh_from_db()
        assert (evidence.stored_copy.name, evidence.sha256) == ("", "")
        assert evidence.state.copy == "failed"
        assert evidence.state.copy_problem
        assert not list(media.rglob("*.*"))

    def test_a_private_address(self, world: World):
        world.names[HOST] = [["10.0.0.1"]]
        evidence = source()
        assert not services.fetch_copy(evidence.pk, world.network)
        assert not world.opened

    def test_a_copy_is_added_to_cited_evidence_and_its_hash_stays(self, world: World):
        evidence = source()
        AssessmentFactory(pledge=evidence.pledge, evidence=[evidence], published=True)
        assert services.fetch_copy(evidence.pk, world.network)
        evidence.refresh_from_db()
        digest = evidence.sha256
        services.drop_copy(evidence)
        evidence.refresh_from_db()
        assert (evidence.stored_copy.name, evidence.sha256) == ("", digest)
        # The same file may come back, another one may not.
        assert services.fetch_copy(evidence.pk, world.network)
        services.drop_copy(Evidence.objects.get(pk=evidence.pk))
        with pytest.raises(DatabaseError), transaction.atomic():
            Evidence.objects.filter(pk=evidence.pk).update(sha256="b" * 64)
        with pytest.raises(DatabaseError), transaction.atomic():
            Evidence.objects.filter(pk=evidence.pk).update(copied_at=None)

    def test_another_file_at_the_same_address(self, world: World):
        evidence = source(sha256="c" * 64)
        assert not services.fetch_copy(evidence.pk, world.network)
        evidence.refresh_from_db()
        assert not evidence.stored_copy

    def test_a_copy_that_is_on_its_way_when_its_assessment_is_approved(self, world: World):
        evidence = source()
        draft = approved(AssessmentFactory(pledge=evidence.pledge, evidence=[evidence]), UserFactory())
        assert not services.fetch_copy(evidence.pk, world.network)
        evidence.refresh_from_db()
        assert (evidence.sha256, evidence.state.copy) == ("", "failed")
        services.publish_assessment(draft, draft.approver)

    def test_nothing_to_fetch(self):
        with pytest.raises(services.RuleViolation):
            services.ask_for_copy(EvidenceFactory(url=""))
        with pytest.raises(services.RuleViolation):
            services.ask_for_copy(stored(source()))


class TestReaders:
    def address(self, evidence: Evidence) -> str:
        return reverse("evidence_copy", args=[evidence.public_id])

    def test_a_copy_is_private_until_somebody_says_otherwise(self, client: Client):
        evidence = stored(source())
        AssessmentFactory(pledge=evidence.pledge, evidence=[evidence], published=True)
        assert client.get(self.address(evidence), follow=True).status_code == 404
        services.show_copy(evidence, is_public=True)
        response = client.get(self.address(evidence))
        assert b"".join(response) == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'attachment; filename="{evidence.public_id}.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        services.show_copy(evidence, is_public=False)
        assert client.get(self.address(evidence), follow=True).status_code == 404

    def test_a_draft_has_no_public_copy(self, client: Client):
        evidence = stored(source(), copy_is_public=True)
        AssessmentFactory(pledge=evidence.pledge, evidence=[evidence])
        assert client.get(self.address(evidence), follow=True).status_code == 404

    def test_nothing_is_served_by_its_name(self, client: Client):
        evidence = stored(source(), copy_is_public=True)
        assert client.get(f"/media/{evidence.stored_copy.name}").status_code == 404

    def test_the_page_says_what_is_kept(self, client: Client):
        evidence = stored(source(), copy_is_public=True)
        AssessmentFactory(pledge=evidence.pledge, evidence=[evidence], published=True)
        page = client.get(f"/en/pledges/{evidence.pledge.public_id}/").content.decode()
        assert self.address(evidence) in page
        assert "a" * 64 in page
        services.show_copy(evidence, is_public=False)
        page = client.get(f"/en/pledges/{evidence.pledge.public_id}/").content.decode()
        assert self.address(evidence) not in page
        assert "copy kept, PDF, not public" in page


class TestAdmin:
    def test_steps(self, settings):
        administrator = client_of(person(ADMINISTRATORS))
        evidence = stored(source())
        AssessmentFactory(pledge=evidence.pledge, evidence=[evidence], published=True)
        page = administrator.get(reverse("evidence:inspect", args=[evidence.pk])).content.decode()
        assert evidence.stored_copy.url in page
        assert "a" * 64 in page
        assert b"".join(administrator.get(evidence.stored_copy.url)) == PDF
        for code in ("show_copy", "hide_copy", "drop_copy"):
            assert administrator.post(reverse(f"evidence:{code}", args=[evidence.pk])).status_code == 302, code
        evidence.refresh_from_db()
        assert not evidence.stored_copy
        assert administrator.get(f"/admin/evidence/file/{evidence.pk}/", follow=True).status_code == 404

    def test_fetching_that_fails_says_why(self, django_capture_on_commit_callbacks):
        evidence = EvidenceFactory(url="https://127.0.0.1/x")
        administrator = client_of(person(ADMINISTRATORS))
        with django_capture_on_commit_callbacks(execute=True):
            administrator.post(reverse("evidence:fetch_copy", args=[evidence.pk]))
        evidence.refresh_from_db()
        assert evidence.state.copy == "failed"
        page = administrator.get(reverse("evidence:inspect", args=[evidence.pk])).content.decode()
        assert evidence.state.copy_problem in page

    def test_monitors_stay_within_their_hub_and_remove_nothing(self):
        evidence = stored(source())
        hub = HubFactory(covers=[evidence.pledge.municipality])
        other = HubFactory(covers=[MunicipalityFactory(code="BOH")])
        inside, outside = client_of(person(MONITORS, hub)), client_of(person(MONITORS, other))
        assert inside.get(evidence.stored_copy.url).status_code == 200
        assert inside.post(reverse("evidence:show_copy", args=[evidence.pk])).status_code == 302
        refused = [inside.post(reverse("evidence:drop_copy", args=[evidence.pk]))]
        refused += [outside.get(evidence.stored_copy.url)]
        for code in ("show_copy", "hide_copy", "fetch_copy", "check_link", "drop_copy"):
            refused.append(outside.post(reverse(f"evidence:{code}", args=[evidence.pk])))
        refused.append(client_of(person(EDITORS)).get(evidence.stored_copy.url))
        refused.append(client_of(person(REVIEWERS)).post(reverse("evidence:hide_copy", args=[evidence.pk])))
        assert {response.status_code for response in refused} <= {302, 403}
        assert all(response.status_code == 403 or response["Location"] == "/admin/" for response in refused)
        evidence.refresh_from_db()
        assert evidence.copy_is_public
        assert evidence.stored_copy


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "html"),
        (b"<!-- x --><HTML lang=sl>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC>', "html"),
        (b"<script>alert(1)</script>", ""),
        (b"MZ\x90", ""),
        (b"", ""),
    ],
)
def test_what_a_file_is(content: bytes, kind: str):
    assert kind_of(ContentFile(content)) == kind
    assert io.BytesIO(content)
