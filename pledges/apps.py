import datetime as dt

from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PledgesConfig(AppConfig):
    """The domain: pledges, assessments and everything around them."""

    name = "pledges"
    verbose_name = _("Pledges")

    def ready(self) -> None:
        from zaveza.health import register_health_check
        from zaveza.ticking import register_tick

        from . import checks, choices, follows, permanent, services, signal_handlers, sitemaps
        from .exchange.jobs import erase_files

        signal_handlers.connect()
        register_tick("link_contacts", services.erase_contacts_job, every=dt.timedelta(hours=12))
        choices.connect()
        sitemaps.register()
        permanent.register()
        register_tick("check_links", services.check_due_links, every=dt.timedelta(minutes=15))
        register_tick("keep_periods", services.keep_periods, every=dt.timedelta(hours=6))
        register_health_check("append_only", checks.append_only_health)
        register_tick("import_files", erase_files, every=dt.timedelta(hours=12))
        register_tick("reply_windows", services.close_windows)
        register_tick("overdue_pledges", follows.refresh_overdue, every=dt.timedelta(hours=6))
        connection_created.connect(signal_handlers.teach_connection, dispatch_uid="pledges.teach_connection")
        pre_migrate.connect(
            signal_handlers.make_way_for_migration, sender=self, dispatch_uid="pledges.make_way_for_migration"
        )
        post_migrate.connect(signal_handlers.protect_record, sender=self, dispatch_uid="pledges.protect_record")
        # Permissions are made app by app; those of every app but the last are there when its turn comes.
        last = [app for app in apps.get_app_configs() if app.models_module is not None][-1]
        post_migrate.connect(signal_handlers.keep_roles, sender=last, dispatch_uid="pledges.keep_roles")
