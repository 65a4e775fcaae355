"""Links for a candidate's team: made, renewed, revoked, and sent."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext as _

from zaveza import clock
from zaveza.mail.services import send
from zaveza.users.models import User

from .. import links
from ..enums import LinkPurpose
from ..links import default_expiry
from ..models import Candidacy, CandidacyLink
from ..models.links import link_key
from .rules import RuleViolation, check, one_writer, refuse_new_in_archive

# Final assessments, and the replies to them, come in the months after a mandate.
CONTACT_KEPT = dt.timedelta(days=365)


def make_link(
    candidacy: Candidacy, purpose: LinkPurpose, by: User | None, *, email: str = "", language: str = ""
) -> CandidacyLink:
    """A new link. Raises `RuleViolation` where there is one already, or for the programme of an archived edition."""
    link = CandidacyLink(
        candidacy=candidacy,
        purpose=purpose,
        email=email,
        language=language or links.language_of(candidacy),
        expires_at=default_expiry(candidacy, purpose),
        made_by=by,
    )
    with one_writer():
        _refuse_archived(link)
        check(link)
        link.save()
    return link


def renew_link(link: CandidacyLink) -> CandidacyLink:
    """A new address with a new period; the earlier address opens nothing any more. Raises `RuleViolation`."""
    with one_writer():
        _lock(link)
        _refuse_revoked(link)
        _refuse_archived(link)
        link.key, link.expires_at = link_key(), default_expiry(link.candidacy, LinkPurpose(link.purpose))
        link.sent_at = link.last_used_at = None
        link.save()
    return link


def revoke_link(link: CandidacyLink) -> CandidacyLink:
    """End a link for good. Raises `RuleViolation` where it has ended."""
    with one_writer():
        _lock(link)
        _refuse_revoked(link)
        link.revoked_at = clock.now()
        link.save(update_fields=["revoked_at"])
    return link


def send_link(link: CandidacyLink) -> CandidacyLink:
    """Send the address by e-mail, in the language of the link. Raises `RuleViolation` where that makes no sense."""
    with one_writer():
        _lock(link)
        _refuse_revoked(link)
        if not link.is_open:
            raise RuleViolation(_("The link has expired. Renew it first."))
        if not link.email:
            raise RuleViolation(_("The link has no e-mail address."))
        candidacy = link.candidacy
        send(
            f"candidacy_link_{link.purpose}",
            [link.email],
            {
                "person": candidacy.person.name,
                "municipality": candidacy.municipality.name,
                "year": candidacy.edition.year,
                "address": links.address_of(link),
                "expires_at": link.expires_at,
                "due": links.programmes_due(candidacy),
            },
            language=link.language,
            kind="candidacy_link",
            about=candidacy.public_id or "",
        )
        link.sent_at = clock.now()
        link.save(update_fields=["sent_at"])
    return link


def erase_ended_contacts() -> int:
    """Empty the e-mail addresses of links that nobody will be asked by any more, and say how many there were.

    Those are revoked ones, and expired ones of a candidacy that was lost or whose mandate ended `CONTACT_KEPT` ago:
    as long as pledges are assessed, whoever made them is asked.
    """
    now = clock.now()
    ended = Q(candidacy__mandate__end__lt=clock.today() - CONTACT_KEPT)
    lost = Q(candidacy__elected=False) | Q(candidacy__elected__isnull=True, candidacy__withdrawn_on__isnull=False)
    over = Q(revoked_at__isnull=False) | (Q(expires_at__lte=now) & (ended | lost))
    return CandidacyLink.objects.exclude(email="").filter(over).update(email="")


def erase_contacts_job(now: dt.datetime) -> str | None:
    """The same for `manage.py tick`."""
    erased = erase_ended_contacts()
    return f"{erased} addresses erased" if erased else None


def _lock(link: CandidacyLink) -> None:
    stored = CandidacyLink.objects.select_for_update().get(pk=link.pk)
    for name in ("key", "expires_at", "revoked_at", "email", "language"):
        setattr(link, name, getattr(stored, name))


def _refuse_revoked(link: CandidacyLink) -> None:
    if link.revoked_at is not None:
        raise RuleViolation(_("The link was revoked. Make a new one."))


def _refuse_archived(link: CandidacyLink) -> None:
    if link.purpose == LinkPurpose.PROGRAMME:
        refuse_new_in_archive(link.candidacy.edition, _("The edition is archived: it takes no new programme."))
