import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "zaveza.base"
    label = "base"
    verbose_name = _("Site")

    def ready(self) -> None:
        from zaveza import checks, ticking  # noqa: F401 - the checks register themselves
        from zaveza.health import register_health_check

        ticking.register_tick("publish_scheduled", ticking.publish_scheduled, every=dt.timedelta(minutes=1))
        register_health_check("tick", ticking.tick_health)
