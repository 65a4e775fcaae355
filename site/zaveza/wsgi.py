"""The WSGI application; servers start it with the repository's root and `site/` on the path."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zaveza.settings.production")
application = get_wsgi_application()
