"""How the fields of records are grouped in the admin's forms."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

FROZEN = _("Frozen since the first publication.")
WORDS, LANGUAGE = _("Words in languages"), _("Language")


class FreezingFieldPanel(FieldPanel):
    """A field to edit as long as the form has it, then its value to read, with the reason."""

    read_only_output_template_name = "pledges/admin/read_only_output.html"

    def __init__(self, field_name: str, frozen_text: Any = FROZEN, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.frozen_text = frozen_text

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "frozen_text": self.frozen_text}

    def format_value_for_display(self, value: Any) -> Any:
        return "–" if value is None or value == "" else super().format_value_for_display(value)

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is not None and self.bound_field is None:
                self.read_only = True
                self.heading = self.panel.heading or capfirst(self.panel.db_field.verbose_name)
                self.help_text = self.panel.frozen_text


def _chosen_once(name: str) -> FreezingFieldPanel:
    return FreezingFieldPanel(name, frozen_text=_("Chosen once, when the record is made."))


def _words(*fields: str, heading: Any = WORDS, label: Any = LANGUAGE) -> InlinePanel:
    return InlinePanel("texts", ["language", *fields], heading=heading, label=label)


PLEDGE_PANELS = [
    MultiFieldPanel(
        [
            FreezingFieldPanel("programme"),
            FreezingFieldPanel("quote"),
            FreezingFieldPanel("quote_language"),
            FieldRowPanel([FreezingFieldPanel("page"), FreezingFieldPanel("paragraph")]),
            FreezingFieldPanel("quote_prefix"),
            FreezingFieldPanel("quote_suffix"),
        ],
        heading=_("The promise"),
        help_text=_("Quote, place and success criteria freeze at first publication; a later change is an amendment."),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FreezingFieldPanel("kind"), FreezingFieldPanel("testability")]),
            FreezingFieldPanel("interpretation"),
            FreezingFieldPanel("success_criteria"),
            FreezingFieldPanel("indicator"),
            FieldRowPanel(
                [FreezingFieldPanel(name) for name in ("indicator_baseline", "indicator_target", "indicator_unit")]
            ),
        ],
        heading=_("The reading"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FreezingFieldPanel("due_date"), FreezingFieldPanel("due_precision")]),
            FieldRowPanel([FreezingFieldPanel("promised_by"), FreezingFieldPanel("organisation")]),
            FreezingFieldPanel("responsible_body"),
            FieldRowPanel(
                [FreezingFieldPanel(name) for name in ("depends_on_council", "depends_on_state", "depends_on_eu_funds")]
            ),
        ],
        heading=_("When and who"),
    ),
    MultiFieldPanel(
        ["topics", "similarity_group", FreezingFieldPanel("carried_over_from")], heading=_("Among other pledges")
    ),
    _words("title", "summary"),
]

ASSESSMENT_PANELS = [
    MultiFieldPanel(
        [_chosen_once("pledge"), FieldRowPanel(["kind", "supersedes"]), FieldRowPanel(["status", "effective_date"])],
        heading=_("The judgement"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel(["verification", "reason"]),
            FieldRowPanel(["late", "inherited"]),
            FieldRowPanel(["openness", "outlook", "outcome"]),
        ],
        heading=_("Beside the status"),
    ),
    MultiFieldPanel(["evidence"], heading=_("Evidence")),
    MultiFieldPanel(
        [FieldRowPanel(["language", "methodology_version"]), "summary", "reasoning"], heading=_("The words")
    ),
    _words("summary", "reasoning", heading=_("Translations"), label=_("Translation")),
]

EVIDENCE_PANELS = [
    _chosen_once("pledge"),
    MultiFieldPanel(
        [
            FieldRowPanel(["kind", "direction"]),
            "title",
            FieldRowPanel(["publisher", "licence"]),
            "url",
            FieldRowPanel(["published_on", "accessed_on"]),
        ],
        heading=_("The source"),
    ),
    MultiFieldPanel(["language", "excerpt", "stored_copy", "copy_is_public"], heading=_("What it says")),
]

_SUBMITTED = _("Published: it stays as it was handed in.")
_DECIDED = _("Published: the jury's decision stays as it is.")


def _frozen(*names: str, text: Any = _SUBMITTED) -> list[FreezingFieldPanel]:
    return [FreezingFieldPanel(name, frozen_text=text) for name in names]


PROGRAMME_PANELS = [
    MultiFieldPanel(
        [
            *_frozen("candidacy"),
            FieldRowPanel(_frozen("version", "supersedes")),
            FieldRowPanel(_frozen("submitted_at", "channel")),
        ],
        heading=_("Submission"),
    ),
    MultiFieldPanel(["language", *_frozen("file"), "text"], heading=_("The programme")),
    MultiFieldPanel(
        [
            *_frozen("suitability", text=_DECIDED),
            FieldRowPanel(_frozen("criteria_met", "criteria_total", text=_DECIDED)),
            *_frozen("decided_on", "jury", "decision_reason", text=_DECIDED),
        ],
        heading=_("Suitability"),
    ),
    MultiFieldPanel(["adoption_stage"], heading=_("Official act")),
]

PERSON_PANELS = ["name", "gender"]

CANDIDACY_PANELS = [
    MultiFieldPanel(["person", FieldRowPanel(["municipality", "edition"]), "list_name"], heading=_("Candidacy")),
    MultiFieldPanel(
        [
            FieldRowPanel(["first_round_votes", "first_round_share"]),
            FieldRowPanel(["second_round_votes", "second_round_share"]),
            "elected",
            "withdrawn_on",
        ],
        heading=_("Result"),
    ),
]

CANDIDACY_LINK_PANELS = ["candidacy", "purpose", FieldRowPanel(["email", "language"])]

MANDATE_PANELS = [
    MultiFieldPanel(["person", "municipality", "candidacy", "predecessor"], heading=_("Office")),
    MultiFieldPanel(
        [FieldRowPanel(["start", "planned_end"]), FieldRowPanel(["end", "end_reason"])], heading=_("Duration")
    ),
]

RECOGNITION_PANELS = ["candidacy", "kind", FieldRowPanel(["date", "event"]), "citation"]

PROPOSAL_PANELS = [
    MultiFieldPanel(
        [FieldRowPanel(["edition", "organisation"]), FieldRowPanel(["municipality", "topic"])],
        heading=_("Who and where"),
    ),
    MultiFieldPanel(["language", "title", "text"], heading=_("The proposal")),
]

PROPOSAL_UPTAKE_PANELS = [
    MultiFieldPanel([_chosen_once("proposal"), _chosen_once("candidacy")], heading=_("About")),
    MultiFieldPanel(["extent", "pledge"], heading=_("The answer")),
]

ANSWERED_BY_LINK = _("As it came through the candidate's link.")
SET_BY_DESK = _("Set by the assessment desk, or by the candidate's link.")
REPLY_PANELS = [
    MultiFieldPanel(
        [FreezingFieldPanel(name, frozen_text=SET_BY_DESK) for name in ("pledge", "assessment")], heading=_("About")
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FreezingFieldPanel(name, frozen_text=SET_BY_DESK) for name in ("invited_on", "due_on")]),
            FieldRowPanel(
                [FreezingFieldPanel(name, frozen_text=ANSWERED_BY_LINK) for name in ("state", "received_on")]
            ),
        ],
        heading=_("The request"),
    ),
    MultiFieldPanel(
        [
            *(FreezingFieldPanel(name, frozen_text=ANSWERED_BY_LINK) for name in ("language", "text")),
            FieldRowPanel(
                [FreezingFieldPanel(name, frozen_text=ANSWERED_BY_LINK) for name in ("channel", "entered_why")]
            ),
            "editors_note",
        ],
        heading=_("The answer"),
    ),
]

AMENDMENT_PANELS = [
    _chosen_once("pledge"),
    MultiFieldPanel(["part", "after"], heading=_("The words")),
    MultiFieldPanel(["language", "reason"], heading=_("Why")),
]

CORRECTION_PANELS = [
    MultiFieldPanel(["pledge", "assessment"], heading=_("About")),
    MultiFieldPanel(
        ["language", "wrong", "right", "wrong_since", FieldRowPanel(["severity", "requested_by"])],
        heading=_("The correction"),
    ),
]

TIP_PANELS = [
    "state",
    MultiFieldPanel(
        [
            FreezingFieldPanel(name, frozen_text="", read_only=True)
            for name in ("pledge", "municipality", "message", "file", "contact", "received_at", "erase_on")
        ],
        heading=_("What the reader sent"),
    ),
]

POLICY_PANELS = [
    MultiFieldPanel([FieldRowPanel(["kind", "version"])], heading=_("Version")),
    _words("title", "changes", "body"),
]

ORGANISATION_PANELS = [
    MultiFieldPanel(["name", "slug", "kind"], heading=_("Organisation")),
    MultiFieldPanel(["logo", "logo_alt"], heading=_("Logo")),
    MultiFieldPanel(["website", FieldRowPanel(["social_url", "social_name"]), "email"], heading=_("Links")),
    _words("name", heading=_("Names in other languages"), label=_("Name")),
]

HUB_COVERAGE_PANELS = [FieldRowPanel(["hub", "municipality"]), FieldRowPanel(["start", "end"]), "funding_note"]
HUB_MEMBER_PANELS = ["user", "hub"]
PARTNERSHIP_PANELS = [
    FieldRowPanel(["organisation", "role"]),
    FieldRowPanel(["edition", "page_translation_key"]),
    "sort_order",
]

EDITION_PANELS = [
    MultiFieldPanel([FieldRowPanel(["year", "state"]), "election_date"], heading=_("Edition")),
    MultiFieldPanel(["methodology_version", "copyright_holder"], heading=_("Rules and rights")),
    _words("title", "funder_text", "suitability_criteria"),
]
KEY_DATE_PANELS = ["edition", FieldRowPanel(["date", "precision"]), "kind", _words("title", "text")]
TOPIC_PANELS = [FieldRowPanel(["code", "sort_order"]), _words("name", heading=_("Names in languages"))]
SIMILARITY_GROUP_PANELS = ["name"]
REGION_PANELS = [FieldRowPanel(["nuts3", "name"]), FieldRowPanel(["slug", "population"])]
MUNICIPALITY_PANELS = [
    MultiFieldPanel(
        [FieldRowPanel(["name", "slug"]), FieldRowPanel(["code", "iso_code"]), "region"], heading=_("Name")
    ),
    MultiFieldPanel(
        ["population", FieldRowPanel(["latitude", "longitude"]), FieldRowPanel(["valid_from", "valid_to"])],
        heading=_("Facts"),
    ),
]
