from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NavigationConfig(AppConfig):
    name = "zaveza.navigation"
    label = "navigation"
    verbose_name = _("Navigation")

    def ready(self) -> None:
        from zaveza.navigation import signal_handlers

        signal_handlers.connect()
