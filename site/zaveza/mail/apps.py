import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """Letters that the site sends: written down first, sent after the commit, held back in the quiet period."""

    name = "zaveza.mail"
    label = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from zaveza.ticking import register_tick

        from . import services

        register_tick("mail", services.send_waiting)
        register_tick("mail_retention", services.empty_old, every=dt.timedelta(hours=12))
