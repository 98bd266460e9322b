"""All settings, from the environment only; `.env.sample` explains each one."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


def _secret(name: str, file_name: str) -> str:
    """The secret from the environment, else from a private file in the data folder, made on first use.

    The file appears complete or not at all, and of two processes starting at once both end with the same secret.
    """
    if value := os.environ.get(name):
        return value
    path = DATA_DIR / file_name
    if not path.exists():
        made = DATA_DIR / f"{file_name}.{os.getpid()}"
        with os.fdopen(
            os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
        ) as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text(encoding="ascii").strip()


# Where this installation keeps its database, files and secrets.
DATA_DIR = Path(os.environ.get("U2T_DATA_DIR", BASE_DIR / "var"))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = _flag("U2T_DEBUG", False)
SECRET_KEY = _secret("U2T_SECRET_KEY", "secret.key")
# 32 bytes in hex. Seals national ID numbers; whoever loses it loses them, so back it up apart from the database.
IDENTITY_KEY = bytes.fromhex(_secret("U2T_IDENTITY_KEY", "identity.key"))
# 32 bytes in hex. Seals the papers of applicants, under the same rule; old keys still open what they sealed.
VAULT_KEY = bytes.fromhex(_secret("U2T_VAULT_KEY", "vault.key"))
VAULT_OLD_KEYS = [
    bytes.fromhex(k.strip()) for k in os.environ.get("U2T_VAULT_OLD_KEYS", "").split(",") if k.strip()
]
# 32 bytes in hex. Signs certificates; one made at set-up is a demo's, and every verification says so.
SEAL_KEY = bytes.fromhex(_secret("U2T_SEAL_KEY", "seal.key"))
SEAL_KEY_IS_GIVEN = bool(os.environ.get("U2T_SEAL_KEY"))
ALLOWED_HOSTS = [h for h in os.environ.get("U2T_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("U2T_TRUSTED_ORIGINS", "").split(",") if o]
BEHIND_TLS = _flag("U2T_BEHIND_TLS", False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "u2t.pages",
    "u2t.audit",
    "u2t.vault",
    "u2t.seals",
    "u2t.jobs",
    "u2t.mailing",
    "u2t.programme",
    "u2t.people",
    "u2t.agencies",
    "u2t.recruitment",
    "u2t.orientation",
    "u2t.rosters",
    "u2t.placement",
    "u2t.handover",
    "u2t.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "u2t.people.middleware.first_password",
    "u2t.people.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "u2t.pages.middleware.refusals",
]

ROOT_URLCONF = "u2t.urls"
WSGI_APPLICATION = "u2t.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "u2t.pages.context.shell",
                "u2t.home.nav.nav",
            ],
            "builtins": ["u2t.pages.templatetags.u2t"],
        },
    }
]

_database_url = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'u2t.sqlite3'}"
DATABASES: dict[str, dict[str, Any]] = {
    "default": dict(dj_database_url.parse(_database_url, conn_max_age=None))
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    # Without these, concurrent writers fail with "database is locked" instead of waiting their turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
        ),
    }
    # A file, not memory: journeys in a browser and background jobs use several connections.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "people:log_in"
LOGIN_REDIRECT_URL = "home:mine"
LOGOUT_REDIRECT_URL = "home:front"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Log-in attempts: after this many failures for one name within the window, the name rests.
LOGIN_FAILURES_ALLOWED = int(os.environ.get("U2T_LOGIN_FAILURES_ALLOWED", "10"))
LOGIN_WINDOW_MINUTES = int(os.environ.get("U2T_LOGIN_WINDOW_MINUTES", "15"))

# Accounts that may be opened from one network address within an hour: a whole campus may share one.
REGISTRATIONS_PER_HOUR = int(os.environ.get("U2T_REGISTRATIONS_PER_HOUR", "300"))
# A link to choose a new password lives for two hours.
PASSWORD_RESET_TIMEOUT = 7200

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
TIME_ZONE = os.environ.get("U2T_TIME_ZONE", "Asia/Bangkok")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_MADE = DATA_DIR / "static-made"  # fonts and other files made at set-up
STATIC_MADE.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [STATIC_MADE]
FONTS_DIR = DATA_DIR / "fonts"  # prepared for PDF
MEDIA_ROOT = DATA_DIR / "files"  # never served directly: every file goes through a view that asks who may
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
# A bulk action names every chosen handover in a field of its own.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# Rosters: what a university's office can really have; larger files are refused before they are read.
ROSTER_MAX_BYTES = int(os.environ.get("U2T_ROSTER_MAX_BYTES", str(25 * 1024 * 1024)))
# Papers of applicants: above what a phone's camera makes of a page. What is larger is not stored, not even in parts.
PAPER_MAX_BYTES = int(os.environ.get("U2T_PAPER_MAX_BYTES", str(15 * 1024 * 1024)))

TASKS = {"default": {"BACKEND": os.environ.get("U2T_TASKS_BACKEND", "django_tasks_db.DatabaseBackend")}}
# A thread of the web process works on jobs; switch it off where `manage.py db_worker` processes do.
EMBEDDED_WORKER = _flag("U2T_EMBEDDED_WORKER", True)

# Mail: smtp:// (STARTTLS with ?tls=1), smtps:// or console://; empty: mails are kept and shown, none is sent.
_mail = urlsplit(os.environ.get("U2T_EMAIL_URL", ""))
SENDS_MAIL = _mail.scheme in {"smtp", "smtps", "console"}
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if _mail.scheme == 'console' else 'smtp'}.EmailBackend"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and "tls=1" in _mail.query
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("U2T_EMAIL_FROM", "u2t@localhost")

# The address by which people reach the pages, for links in mails; they say none where it is empty.
PUBLIC_URL = os.environ.get("U2T_PUBLIC_URL", "").rstrip("/")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "u2t.pages.views.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_TLS:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("U2T_LOG_LEVEL", "WARNING")},
}
