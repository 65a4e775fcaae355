"""Editions, people and programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    """How far one School for Mayors is."""

    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    RUNNING = "running", _("running")
    ARCHIVED = "archived", _("archived")


class DatePrecision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class OrganisationKind(models.TextChoices):
    HUB = "hub", _("regional NGO hub")
    NGO = "ngo", _("non-governmental organisation")
    MUNICIPALITY_BODY = "municipality_body", _("municipality body")
    MINISTRY = "ministry", _("ministry or office of the state")
    COMPANY = "company", _("company")
    ACADEMIA = "academia", _("academia")
    MEDIA = "media", _("media")
    FUNDER = "funder", _("funder")


class PartnershipRole(models.TextChoices):
    INITIATOR = "initiator", _("initiator")
    PARTNER = "partner", _("partner")
    HONORARY_PATRON = "honorary_patron", _("honorary patron")
    FUNDER = "funder", _("funder")
    MEDIA_PARTNER = "media_partner", _("media partner")


class Gender(models.TextChoices):
    """Only for the grammatical form of words about a person; may be left empty."""

    FEMALE = "f", _("female form")
    MALE = "m", _("male form")


class MandateEndReason(models.TextChoices):
    TERM = "term", _("end of the term")
    RESIGNATION = "resignation", _("resignation")
    OTHER_OFFICE = "other_office", _("took another office")
    DEATH = "death", _("death")
    DISMISSAL = "dismissal", _("dismissal")


class LinkPurpose(models.TextChoices):
    """What a candidate's team may do with one link; each link does one thing."""

    PROGRAMME = "programme", _("hand in the programme")
    REPLY = "reply", _("reply to assessments")


class KeyDateKind(models.TextChoices):
    """A step that the site itself goes by."""

    OTHER = "", _("none of these")
    PROGRAMMES_DUE = "programmes_due", _("programmes are due")


class SubmissionChannel(models.TextChoices):
    FORM = "form", _("online form")
    EMAIL = "email", _("e-mail")
    PAPER = "paper", _("on paper")


class Suitability(models.TextChoices):
    UNDECIDED = "", _("not decided yet")
    SUITABLE = "suitable", _("suitable")
    NOT_SUITABLE = "not_suitable", _("not suitable")


class AdoptionStage(models.TextChoices):
    """Where a programme stands that becomes an official act of the municipality."""

    NONE = "", _("not an official act")
    DRAFTED = "drafted", _("drafted")
    CONSULTED = "consulted", _("consulted")
    ADOPTED = "adopted", _("adopted")
    IN_FORCE = "in_force", _("in force")
    REPORTED = "reported", _("reported")


class Uptake(models.TextChoices):
    """How far a programme took up what an NGO proposed."""

    FULLY = "fully", _("taken up fully")
    PARTLY = "partly", _("taken up partly")
    DECLINED = "declined", _("declined")
