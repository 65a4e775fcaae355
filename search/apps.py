import datetime as dt

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from zaveza.health import register_health_check
        from zaveza.navigation.search_scopes import register_search_scope
        from zaveza.ticking import register_tick

        from . import checks, vocabulary  # noqa: F401 - the checks register themselves
        from .health import check_elasticsearch, check_search
        from .registry import sources
        from .services import alerts, changes, digests, missed

        autodiscover_modules("documents", "facets", "follows")
        for source in sources().values():
            register_search_scope(source.type, source.label)
        vocabulary.follow_own_models()
        register_health_check("search", check_search)
        register_health_check("elasticsearch", check_elasticsearch)
        register_tick("follow_digests", digests.send_digests)
        register_tick("follow_retention", alerts.erase_unconfirmed, every=dt.timedelta(hours=12))
        register_tick("missed_searches", missed.erase_old_missed, every=dt.timedelta(hours=12))
        register_tick("document_changes", changes.prune_changes, every=dt.timedelta(hours=12))
