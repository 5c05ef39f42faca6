"""The settings of every process. What differs between installations comes from the environment (docs/operations).

TONGBAN_DATA         the data folder (default: var/ in the checkout)
DATABASE_URL         a PostgreSQL of one's own, as the running role; without it the embedded server is used
TONGBAN_MIGRATE_URL  the same database as the role that owns the tables
TONGBAN_ROLE         "owner" makes this process connect as that role (`tongban migrate` does)
TONGBAN_CLOCK        real (default) or movable: the demo's and `walk`'s clock, never a city's
TONGBAN_DEMO         1 marks every page as a demo and lets the demo identity provider log people in
TONGBAN_BASE_URL     the address citizens see, e.g. https://zwfw.example.gov.cn; https turns the strict cookies on
TONGBAN_CITY         the city's name, e.g. 江城市; TONGBAN_CITY_EN its English name
TONGBAN_DIVISION     its division code (6 digits, GB/T 2260), which exports and open data carry
TONGBAN_CATALOGUE    the folder of the city's items (default: catalogue/ in the checkout)
TONGBAN_SECRET       the secret key, where it is not to live in the data folder
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from tongban.site.installation import CHECKOUT, Installation, django_database

PACKAGE = Path(__file__).resolve().parents[1]
INSTALLATION = Installation.find()

# -- this installation -----------------------------------------------------------------------------------------------

TONGBAN_DATA = INSTALLATION.data
TONGBAN_CLOCK = INSTALLATION.clock()
TONGBAN_DEMO = INSTALLATION.is_demo()
TONGBAN_BASE_URL = os.environ.get("TONGBAN_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
TONGBAN_CITY = os.environ.get("TONGBAN_CITY", "江城市")
TONGBAN_CITY_EN = os.environ.get("TONGBAN_CITY_EN", "Jiangcheng")
TONGBAN_DIVISION = os.environ.get("TONGBAN_DIVISION", "429900")
TONGBAN_CATALOGUE = Path(os.environ.get("TONGBAN_CATALOGUE", CHECKOUT / "catalogue"))

SECRET_KEY = INSTALLATION.secret()
DEBUG = False
_owner = os.environ.get("TONGBAN_ROLE") == "owner"
DATABASES = {
    "default": django_database(
        INSTALLATION.database_url(owner=_owner) or "postgresql://tongban_app@127.0.0.1:1/tongban"
    )
}
#: The role the software runs as: migrations name it where they take rights away.
TONGBAN_RUNTIME_ROLE = urlsplit(os.environ.get("DATABASE_URL", "")).username or "tongban_app"

# -- the house -------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "tongban.foundation.ledger",
    "tongban.contexts.process",
    "tongban.contexts.parties",
    "tongban.contexts.catalogue",
    "tongban.contexts.documents",
    "tongban.contexts.cases",
    "tongban.ui",
    "tongban.terminals.common",
    "tongban.terminals.portal",
    "tongban.terminals.counter",
    "tongban.terminals.desk",
    "tongban.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tongban.terminals.common.middleware.ActorMiddleware",
    "tongban.terminals.common.middleware.RefusalMiddleware",
    "tongban.site.health.OutageMiddleware",
]
ROOT_URLCONF = "tongban.site.urls"
WSGI_APPLICATION = "tongban.site.wsgi.application"
AUTH_USER_MODEL = "parties.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "tongban.ui.context.page",
            ],
        },
    }
]

# -- language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
#: Floors that are no Django app of their own, but have messages: refusals and acts are worded where they are decided.
LOCALE_PATHS = [PACKAGE / folder / "locale" for folder in ("kernel", "foundation", "integrations", "contexts")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# -- files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "static_root"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # a form without its files
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bigger uploads go to disk at once
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 40

# -- security --------------------------------------------------------------------------------------------------------

_public = urlsplit(TONGBAN_BASE_URL)
_https = _public.scheme == "https"
ALLOWED_HOSTS = sorted({"127.0.0.1", "localhost", "[::1]", "testserver", _public.hostname or "localhost"})
CSRF_TRUSTED_ORIGINS = [TONGBAN_BASE_URL] if _https else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [SELF],  # PDF viewers of some browsers
        "manifest-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# -- logs ------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "tongban": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR"},  # it retries, and whoever waits in vain says so
    },
}
