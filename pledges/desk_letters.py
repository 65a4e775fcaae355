"""Letters of the assessment desk: to second readers, authors and whoever made the promise, each in their language.

They tell no stranger anything: an invitation goes to the address of the candidate's link or of the organisation, all
others to people with an account.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from django.utils import formats, translation
from wagtail.users.models import UserProfile

from zaveza.mail.services import send
from zaveza.users.models import User

from . import links
from .models import Assessment, HubMember, Pledge, Reply
from .permissions import APPROVAL_PERMISSION, covered_municipalities, is_administrator

# The kind of the letter that opens a reply window: `services.undelivered` looks for it.
INVITATION = "reply_invitation"


@dataclass(frozen=True)
class Respondent:
    """Who made a promise, and how to write to them; `email` is empty where nobody knows."""

    name: str
    email: str
    language: str


def respondent(pledge: Pledge) -> Respondent:
    """The candidate, or the organisation whose promise it is."""
    if pledge.organisation:
        return Respondent(pledge.organisation.name, pledge.organisation.email, settings.LANGUAGE_CODE)
    candidacy = pledge.programme.candidacy
    return Respondent(candidacy.person.name, links.contact_of(candidacy), links.language_of(candidacy))


def day_words(day: dt.date) -> str:
    """A day in the active language."""
    return str(formats.date_format(day, "DATE_FORMAT"))


def ask_second_readers(assessment: Assessment) -> None:
    """Whoever may approve it in that municipality, but for its author."""
    for user in second_readers(assessment):
        _tell(user, "second_reader_wanted", assessment)


def second_readers(assessment: Assessment) -> list[User]:
    """People who may approve the draft. Administrators are written to only where there is nobody else."""
    permission = Permission.objects.filter(
        content_type__app_label="pledges", codename=APPROVAL_PERMISSION.partition(".")[2]
    )
    holders = User.objects.filter(
        Q(groups__permissions__in=permission) | Q(user_permissions__in=permission) | Q(is_superuser=True),
        is_active=True,
    )
    able = [
        user
        for user in holders.exclude(pk=assessment.author_id).distinct().order_by("pk")
        if (covered := covered_municipalities(user)) is None or assessment.pledge.municipality_id in covered
    ]
    return [user for user in able if not is_administrator(user)] or able


def tell_of_return(assessment: Assessment, by: User, comment: str) -> None:
    """The author, with what has to change."""
    _tell(assessment.author, "assessment_returned", assessment, by=str(by), comment=comment)


def tell_of_window(reply: Reply) -> None:
    """The author: it was approved, and until when a reply is awaited."""
    if reply.assessment:
        _tell(reply.assessment.author, "assessment_approved", reply.assessment, due=reply.due_on)


def tell_of_answer(reply: Reply) -> None:
    """Both who signed: read it, then publish or take the draft back."""
    if reply.assessment:
        for user in signers(reply.assessment):
            _tell(
                user,
                "reply_received",
                reply.assessment,
                late=bool(reply.received_on and reply.received_on > reply.due_on),
            )


def tell_of_publication(assessment: Assessment) -> None:
    """Both who signed, and whoever was asked for a reply."""
    for user in signers(assessment):
        _tell(user, "assessment_published", assessment)
    if assessment.replies.exists():
        _write_respondent("assessment_published_respondent", assessment, about=assessment.pledge.public_id or "")


def signers(assessment: Assessment) -> Iterator[User]:
    """The author and, once there is one, the second reader."""
    yield assessment.author
    if assessment.approver:
        yield assessment.approver


def invite(reply: Reply) -> None:
    """Ask for a reply, with the draft's words and the address at which to answer."""
    assessment = reply.assessment
    if assessment is None:
        return
    pledge = reply.pledge
    url = "" if pledge.organisation else links.reply_url(pledge.programme.candidacy)
    _write_respondent(INVITATION, assessment, about=reply.public_id or "", due=reply.due_on, url=url)


def disinvite(reply: Reply) -> None:
    """The draft was taken back: no reply is needed."""
    if reply.assessment:
        _write_respondent("reply_not_needed", reply.assessment, about=reply.public_id or "")


def _write_respondent(template: str, assessment: Assessment, *, about: str, **context: Any) -> None:
    who = respondent(assessment.pledge)
    if not who.email:
        return
    answer_to = _hub_address(assessment.author)
    _send(
        template,
        who.email,
        assessment,
        who.language,
        about=about,
        headers={"Reply-To": answer_to} if answer_to else {},
        name=who.name,
        **context,
    )


def _tell(user: User, template: str, assessment: Assessment, **context: Any) -> None:
    if user.is_active:
        about = assessment.pledge.public_id or ""
        _send(template, user.email, assessment, language_of(user), about=about, name=user.get_short_name(), **context)


def _send(
    template: str,
    address: str,
    assessment: Assessment,
    language: str,
    *,
    about: str,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> None:
    pledge = assessment.pledge
    with translation.override(language):
        words = {
            "assessment": assessment,
            "pledge": pledge,
            "status": assessment.get_status_display(),
            "kind": assessment.get_kind_display(),
            "edit_url": _absolute(reverse("assessment:inspect", args=[assessment.pk])),
            "public_url": _absolute(f"/z/{pledge.public_id}"),
            **{key: day_words(value) if isinstance(value, dt.date) else value for key, value in context.items()},
        }
    send(template, [address], words, language=language, kind=template, about=about, headers=headers)


def language_of(user: User) -> str:
    """The language that somebody chose in the admin, else the site's first."""
    chosen = UserProfile.objects.filter(user=user.pk).values_list("preferred_language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE


def _absolute(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def _hub_address(user: User) -> str:
    found = HubMember.objects.filter(user=user.pk).values_list("hub__email", flat=True).first()
    return found or ""
