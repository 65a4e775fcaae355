"""The closed vocabularies of the pages. Codes are permanent: they stand in the database and in import files."""

from django.db import models
from django.utils.translation import pgettext_lazy


class EventLevel(models.TextChoices):
    """For whom an event is; a page shows the word beside the event."""

    NATIONAL = "national", pgettext_lazy("level of an event", "national")
    LOCAL = "local", pgettext_lazy("level of an event", "local")
