"""The mark that a database holds the fictional demo."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoContent(models.Model):
    """One row where `seed_demo` ran: pages then say that people are fictional, and the site's day stands still."""

    seen_on = models.DateField(_("seen on"))
    seeded_at = models.DateTimeField(_("seeded at"), auto_now=True)

    class Meta:
        verbose_name = _("demo content")
        verbose_name_plural = _("demo content")

    def __str__(self) -> str:
        return self.seen_on.isoformat()
