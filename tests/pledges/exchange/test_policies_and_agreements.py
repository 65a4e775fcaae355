"""Policies, agreements and redactions in files: what an import takes, and what it refuses."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pledges import factories, models
from pledges.enums import PolicyKind
from pledges.exchange.tables.policies import is_plain
from tests.pledges.admin_people import ADMINISTRATORS, MONITORS, person

from .tools import exported, imported, read_csv, refused, said, write_csv

MOMENT = dt.datetime(2024, 1, 10, 9, tzinfo=dt.UTC)
ROW = {
    "id": "methodology-2.1",
    "kind": "methodology",
    "version": "2.1",
    "title_sl": "Kako ocenjujemo",
    "body_sl": "<h2>Dva</h2><p>bralca</p>",
    "published_at": "2024-01-10T09:00:00Z",
}


def test_markup_that_the_editor_does_not_write_is_known() -> None:
    good = (
        '<h2>A</h2><p data-block-key="x1">b <b>c</b> &lt;d&gt; <a href="https://e.si/?a=1&amp;b=2">f</a><br/></p>',
        '<ul><li>a <a linktype="page" id="3">b</a></li></ul>',
        "",
    )
    bad = (
        "<script>alert(1)</script>",
        '<p onclick="x()">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<a href="&#106;avascript:alert(1)">a</a>',
        '<a href="//elsewhere.example">a</a>',
        "<!-- a -->",
        "<p>a</p><img src=x onerror=alert(1)>",
        "<p>a <b",
        "<?php ?>",
        '<p style="color: red">a</p>',
    )
    assert [html for html in good if not is_plain(html)] == []
    assert [html for html in bad if is_plain(html)] == []


@pytest.mark.django_db
class TestPolicies:
    def test_foreign_markup_and_a_foreign_id_are_refused(self, tmp_path: Path) -> None:
        rows = [{**ROW, "body_sl": "<script>alert(1)</script>"}, {**ROW, "id": "metodologija"}]
        found = said(refused(write_csv(tmp_path, "policies", rows)))
        assert sorted(found) == [("policies", 2, "body_sl"), ("policies", 3, "id")]

    def test_into_a_ledger_that_is_not_empty_a_version_comes_as_a_draft(self, tmp_path: Path) -> None:
        factories.AssessmentFactory(published=True)
        path = write_csv(tmp_path, "policies", [ROW])
        assert imported(path, user=person(ADMINISTRATORS)).notices
        policy = models.PolicyVersion.objects.get(version="2.1")
        assert (policy.published_at, policy.texts.get().body) == (None, ROW["body_sl"])
        again = imported(path)
        assert (again.new, again.changed) == (0, 0)

    def test_a_published_version_and_its_words_stay(self, tmp_path: Path) -> None:
        factories.PolicyVersionFactory(kind=PolicyKind.METHODOLOGY, version="2.1", published_at=MOMENT)
        folder = exported(tmp_path / "out")
        row = read_csv(folder / "policies.csv")[0]
        for column, cell in (("body_sl", "<p>Drugo.</p>"), ("changes_sl", "Vse."), ("published_at", "")):
            path = write_csv(tmp_path, "policies", [{**row, column: cell}])
            assert said(refused(path)) == [("policies", 2, column.removesuffix("_sl"))]


@pytest.mark.django_db
def test_agreements_and_redactions_are_made_here_and_replayed_only(tmp_path: Path) -> None:
    programme = factories.ProgrammeFactory()
    factories.AssessmentFactory(published=True)
    figures: dict[str, Any] = {"units": 9, "both": 3, "only_first": 1, "only_second": 0}
    figures |= {"computed_at": "2024-01-10T09:00:00Z", "published_at": "2024-01-10T09:00:00Z"}
    path = write_csv(tmp_path, "extraction_agreements", [{"programme": programme.public_id, **figures}])
    assert said(refused(path)) == [("extraction_agreements", 2, "programme")]
    monitor = person(MONITORS, factories.HubFactory(covers=[programme.candidacy.municipality]))
    assert refused(path, user=monitor, is_confined=True)
    row = {"id": "r1", "record": "reply-1", "parts": "text", "ground": "court", "published_at": ROW["published_at"]}
    assert said(refused(write_csv(tmp_path, "redactions", [row]))) == [("redactions", 2, "record")]
    models.ExtractionAgreement.objects.create(
        programme=programme, settled_by=monitor, **{**figures, "computed_at": MOMENT, "published_at": MOMENT}
    )
    assert imported(path).rows == 1
    path = write_csv(tmp_path, "extraction_agreements", [{"programme": programme.public_id, **figures, "both": 4}])
    assert said(refused(path)) == [("extraction_agreements", 2, "both")]
