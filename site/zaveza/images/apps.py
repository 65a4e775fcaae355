import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImagesConfig(AppConfig):
    """The library: pictures and documents, and the text of these."""

    name = "zaveza.images"
    label = "images"
    verbose_name = _("Images and documents")

    def ready(self) -> None:
        from zaveza.ticking import register_tick

        from . import services, signal_handlers

        signal_handlers.connect()
        register_tick("document_texts", services.read_waiting, every=dt.timedelta(minutes=5))
