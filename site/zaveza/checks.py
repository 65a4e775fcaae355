"""What `manage.py check` says about the settings of the site."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from zaveza import quiet


@register()
def check_quiet_periods(**_options: Any) -> list[CheckMessage]:
    """The quiet periods can be read: found at start, not on the eve of the election."""
    try:
        quiet.quiet_periods()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="zaveza.E001")]
    return []
