"""Settings shared by every environment.

Everything that differs between an embedded site (SQLite, one process) and a large one (PostgreSQL,
Elasticsearch, Redis) is read from the environment here; `.env.example` and the table in the README
list every variable, and a test compares both with this file.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from zaveza.settings.databases import database_settings
from zaveza.settings.environment import env

PACKAGE_DIR = Path(__file__).resolve().parents[1]
BASE_DIR = Path(__file__).resolve().parents[3]

# All that a run writes lies below this folder.
DATA_DIR = Path(env.str("ZAVEZA_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")

# A day (ISO 8601) that the whole site takes for today; empty: the real one. For demos and screenshots.
TODAY = env.str("ZAVEZA_TODAY", default="")

INSTALLED_APPS = [
    "home",
    "pledges",
    "search",
    "zaveza.navigation",
    "zaveza.images",
    "zaveza.mail",
    "zaveza.users",
    "zaveza.base",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django_filters",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "zaveza.middleware.RequestLimitsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zaveza.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zaveza.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zaveza.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "zaveza.urls"
WSGI_APPLICATION = "zaveza.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zaveza.base.context_processors.site",
            ],
            "builtins": ["zaveza.base.templatetags.base_tags"],
        },
    }
]

# Data

DATABASES = {"default": database_settings(env, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "zaveza"},
}

# Search (search/engines): without ELASTICSEARCH_URL it runs in the database.
SEARCH_TABLES_DIR = Path(env.str("SEARCH_TABLES_DIR", default=str(DATA_DIR / "search-tables")))
ELASTICSEARCH_URL = env.list("ELASTICSEARCH_URL", default=[])
ELASTICSEARCH_USER = env.str("ELASTICSEARCH_USER", default="")
ELASTICSEARCH_PASSWORD = env.str("ELASTICSEARCH_PASSWORD", default="")
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA_FILE = env.str("ELASTICSEARCH_CA_FILE", default="")
ELASTICSEARCH_INDEX_PREFIX = env.str("ELASTICSEARCH_INDEX_PREFIX", default="zaveza")
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", default=1)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", default=0)
# Readers and editors wait so long for it, commands and workers so long for one bulk request.
ELASTICSEARCH_TIMEOUT = env.float("ELASTICSEARCH_TIMEOUT", default=1.5)
ELASTICSEARCH_BULK_TIMEOUT = env.float("ELASTICSEARCH_BULK_TIMEOUT", default=60.0)

# Wagtail's own search serves the admin only and stays on the database (docs/adr/0005).
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Users

AUTH_USER_MODEL = "users.User"
LOGIN_URL = "wagtailadmin_login"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Languages

USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Ljubljana"
LANGUAGE_CODE = "sl"
LANGUAGES = [("sl", _("Slovene")), ("en", _("English")), ("ka", _("Georgian")), ("pl", _("Polish"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# Wagtail's admin has 6 % of its strings in Georgian (design: stack, 3.2).
WAGTAILADMIN_PERMITTED_LANGUAGES = [("sl", _("Slovene")), ("en", _("English")), ("pl", _("Polish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["zaveza.formats"]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# The process itself serves uploaded files; switch off behind a web server that does.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=True)
# Never served from here, nor by a web server in front: documents have an address of their own (`/documents/`), which
# asks who may read their collection; nobody but the editors reads a tip, nobody but the candidate's team a draft; the
# copy of a source is somebody else's work (`/evidence/<id>/copy` gives those that may be given).
PRIVATE_MEDIA_FOLDERS = ("documents", "imports", "tips", "hand-ins", "evidence")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor sends many

# Mail: written to files unless a server is named.
EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="zaveza@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Around election day nothing scheduled is published and no mail goes out: ISO 8601 intervals (zaveza.quiet).
QUIET_PERIODS = env.list("QUIET_PERIODS", default=[])

# Security

# Proxies of ours in front of the site; who asks is then read from X-Forwarded-For (zaveza.rate_limits).
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True

# Wagtail

WAGTAIL_SITE_NAME = "Zaveza"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILIMAGES_IMAGE_MODEL = "images.CustomImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "images.CustomDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A link card never loads the third party: no embed finder is asked.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

# Without a worker a task is done before the request that asks for it ends; with one it waits in the database.
TASK_WORKER = env.bool("TASK_WORKER", default=False)
if TASK_WORKER:
    INSTALLED_APPS.append("django_tasks_db")
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
else:
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# A link for a candidate's team is good for so many days, one for handing in at least until the deadline.
CANDIDACY_LINK_DAYS = 60

# After so many days without an assessment a pledge is due to be checked again.
PLEDGES_CHECK_INTERVAL_DAYS = 180
# Working days in which whoever made a promise may reply to an assessment before it is published.
PLEDGES_REPLY_WORKING_DAYS = env.int("REPLY_WORKING_DAYS", default=10)

# A reader's tip is erased after so many days, its file as well (`manage.py tick`).
TIP_RETENTION_DAYS = env.int("TIP_RETENTION_DAYS", default=180)

# Imports of the admin: the largest file in bytes, and after how many days uploaded files are erased.
IMPORT_MAX_UPLOAD_SIZE = env.int("IMPORT_MAX_UPLOAD_SIZE", default=50 * 1024 * 1024)
IMPORT_FILES_KEPT_DAYS = env.int("IMPORT_FILES_KEPT_DAYS", default=7)

# A system check looks for missing append-only triggers; only the test settings may allow a flush past them.
APPEND_ONLY_ALLOW_FLUSH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "zaveza.secrets_in_logs.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Lines for every saved row otherwise; what editors do is in the admin's own log.
    "loggers": {
        # Django's own handler of runserver would write addresses as they are, secrets included.
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "modelsearch": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
    },
}

# Content security policy: nothing from a third party, no inline script or style on a public page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}
CSP_RELAXED_PREFIXES = ("/admin/",)
CSP_ADMIN_DIRECTIVES = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
}
