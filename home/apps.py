from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The pages that editors write."""

    name = "home"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from . import permanent, signal_handlers

        signal_handlers.connect()
        permanent.register()
