"""Settings. Every variable is read strictly from the environment and listed in .env.example.

A wrong value stops the start with a clear sentence.
"""

import os
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from environs import Env

from core.logging import logging_settings
from regiovisie.environment import at_least, one_of, program_or, refuse, seal, starts_with

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env(eager=False)
if os.environ.get("TESTING") != "1":  # a test sees only what it sets itself
    env.read_env(BASE_DIR / ".env", recurse=False)
    if not os.environ.get("DATABASE_URL"):  # bin/start writes it for the embedded demo
        env.read_env(VAR_DIR / "demo.env", recurse=False)

TESTING = env.bool("TESTING", False)
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
HTTPS = env.bool("HTTPS", False)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0, validate=at_least(0))
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000", validate=starts_with("http://", "https://"))
DATABASE_URL = env.str("DATABASE_URL", "")
SQLITE_PATH = env.str("SQLITE_PATH", "")
REDIS_URL = env.str(
    "REDIS_URL",
    f"unix://{VAR_DIR}/valkey.sock",
    validate=starts_with("redis://", "rediss://", "unix://"),
)
MEDIA_ROOT = env.path("MEDIA_ROOT", str(VAR_DIR / "media"))
EMAIL_HOST = env.str("EMAIL_HOST", "")
EMAIL_PORT = env.int("EMAIL_PORT", 25, validate=at_least(1))
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "regiovisie@localhost")
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", not (DEMO or TESTING))
TRUSTED_DEVICE_DAYS = env.int("TRUSTED_DEVICE_DAYS", 30, validate=at_least(0))
INVITATION_DAYS = env.int("INVITATION_DAYS", 14, validate=at_least(1))
MFA_KEY = env.list("MFA_KEY", [])
FILE_SCANNER = env.str("FILE_SCANNER", "")
MAX_UPLOAD_MB = env.int("MAX_UPLOAD_MB", 50, validate=at_least(1))
DOCUMENT_TIME_LIMIT = env.int("DOCUMENT_TIME_LIMIT", 120, validate=at_least(1))
DOCUMENT_LEASE_SECONDS = env.int("DOCUMENT_LEASE_SECONDS", 180, validate=at_least(1))
OFFICE_CONVERTER = env.str("OFFICE_CONVERTER", "", validate=program_or("none"))
CONVERT_SECONDS = env.int("CONVERT_SECONDS", 50, validate=at_least(1))
SWEEP_SECONDS = env.int("SWEEP_SECONDS", 30, validate=at_least(1))
LOG_LEVEL = env.str(
    "LOG_LEVEL", "INFO", validate=one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOG_FORMAT = env.str("LOG_FORMAT", "text", validate=one_of("text", "json"))
ACCESSIBILITY_STATUS = env.str("ACCESSIBILITY_STATUS", "")
ACCESSIBILITY_AUDIT_DATE = env.str("ACCESSIBILITY_AUDIT_DATE", "")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", "")
SECURITY_TXT_EXPIRES = env.date("SECURITY_TXT_EXPIRES", None)
if DATABASE_URL:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}

seal(env)

PRODUCTION = not (DEMO or DEBUG or TESTING)
KNOWN_KEY = "alleen-voor-ontwikkeling-en-tests"
mistakes = []
if DEMO and DATABASE_URL:
    mistakes.append("DEMO: hoort alleen bij de ingebouwde database; haal DEMO of DATABASE_URL weg.")
if PRODUCTION and not DATABASE_URL:
    mistakes.append(
        "DATABASE_URL: ontbreekt. Vul een PostgreSQL-adres in, of start de demo met bin/start."
    )
if PRODUCTION and (len(SECRET_KEY) < 40 or SECRET_KEY == KNOWN_KEY):
    mistakes.append("SECRET_KEY: vul een willekeurige tekst van minstens 40 tekens in.")
if PRODUCTION and "*" in ALLOWED_HOSTS:
    mistakes.append("ALLOWED_HOSTS: noem de namen van de site; * laat alles door.")
if HTTPS and not SITE_URL.startswith("https://"):
    mistakes.append("SITE_URL: moet met https:// beginnen als HTTPS aan staat.")
if DOCUMENT_LEASE_SECONDS <= DOCUMENT_TIME_LIMIT and not TESTING:
    mistakes.append("DOCUMENT_LEASE_SECONDS: moet hoger zijn dan DOCUMENT_TIME_LIMIT.")
if CONVERT_SECONDS * 2 > DOCUMENT_TIME_LIMIT and not TESTING:
    mistakes.append("CONVERT_SECONDS: mag hoogstens de helft zijn van DOCUMENT_TIME_LIMIT.")
if mistakes:
    refuse(mistakes)
if not PRODUCTION:
    SECRET_KEY = SECRET_KEY or KNOWN_KEY

INSTALLED_APPS = [
    "regiovisie.apps.RegiovisieConfig",
    "core",
    "accounts",
    "governance",
    "regioagenda",
    "nulmeting",
    "budget",
    "participatie",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_nlds",
    "django_htmx",
    "django_prose_editor",
    "rules",
    "simple_history",
]

MIDDLEWARE = [
    "core.logging.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "regiovisie.urls"
WSGI_APPLICATION = "regiovisie.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "regiovisie.context_processors.portal",
            ],
        },
    }
]

if not DATABASE_URL:
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": SQLITE_PATH or VAR_DIR / "regiovisie.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
            # A worker process can only share a test database that is a file.
            "TEST": {"NAME": f"{SQLITE_PATH}.test" if SQLITE_PATH else None},
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 5},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "accounts.validators.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600  # a link in a mail opens an account: one hour

# Sign-in (allauth). Nobody registers: people come in by invitation (accounts.domain.invite).
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is sent to the address: that verifies it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, and after 12 hours
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
# Per account strict, per address generous: a whole town hall shares one address. Every limit lasts
# RATE_LIMIT_MINUTES, so that the page can say when to try again.
RATE_LIMIT_MINUTES = 5
_LIMIT = f"{RATE_LIMIT_MINUTES}m"
ACCOUNT_RATE_LIMITS = {
    "login": f"600/{_LIMIT}/ip",
    "login_failed": f"5/{_LIMIT}/key,200/{_LIMIT}/ip",
    "reset_password": f"3/{_LIMIT}/key,100/{_LIMIT}/ip",
    "reset_password_from_key": f"100/{_LIMIT}/ip",
    "change_password": f"10/{_LIMIT}/user",
    "reauthenticate": f"30/{_LIMIT}/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Regiovisie"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.ConfirmSecondFactorForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
LOCALE_PATHS = [BASE_DIR / "regiovisie" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a missing folder
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
MEDIA_URL = "media/"  # never served: every file passes a view that asks for the right
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a plan that is read in sends three for every heading
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "regiovisie.staticfiles.CompressedHashedStorage"
        if PRODUCTION
        else "regiovisie.staticfiles.HashedStorage"
        if DEMO  # compressing takes 20 seconds, which a first start cannot spare
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CRISPY_TEMPLATE_PACK = "nlds"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("nlds",)
CRISPY_FAIL_SILENTLY = False

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = DOCUMENT_TIME_LIMIT
CELERY_TASK_SOFT_TIME_LIMIT = max(1, DOCUMENT_TIME_LIMIT - 10)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
# A request never waits for a broker that is away: one short try, the sweep does the rest.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 0,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 60  # each worker process loads WeasyPrint and fonts first
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SYNC_EVERY = 1  # its file tells the health check that it lives
CELERY_BEAT_SCHEDULE = {
    "sweep-documents": {"task": "core.tasks.sweep_documents", "schedule": SWEEP_SECONDS},
    "sweep-renditions": {"task": "core.tasks.sweep_renditions", "schedule": SWEEP_SECONDS},
    "sweep-outbox": {"task": "core.sweep_outbox", "schedule": SWEEP_SECONDS},
    "sweep-drafts": {"task": "core.sweep_drafts", "schedule": 24 * 3600},
    "forget-ended-notes": {"task": "governance.forget_ended_notes", "schedule": 24 * 3600},
    "sweep-uploads": {"task": "governance.sweep_uploads", "schedule": 24 * 3600},
    "sweep-sheets": {"task": "budget.sweep_sheets", "schedule": 24 * 3600},
    "hand-over-local-steps": {
        "task": "governance.hand_over_local_steps",
        "schedule": crontab(hour=5, minute=0),
    },
    "close-rounds": {
        "task": "nulmeting.close_ended",
        "schedule": crontab(hour=0, minute=5),
    },
    # Reminders first: who chose one mail a day finds them in it.
    "remind": {"task": "governance.remind_all", "schedule": crontab(hour=6, minute=0)},
    "look-for-approvers": {
        "task": "nulmeting.look_for_approvers",
        "schedule": crontab(hour=6, minute=10),
    },
    "remind-rounds": {"task": "nulmeting.remind_all", "schedule": crontab(hour=6, minute=15)},
    "digests": {"task": "accounts.send_digests", "schedule": crontab(hour=7, minute=0)},
}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^health/$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
X_FRAME_OPTIONS = "DENY"
# The nonce is only in the header of a page that asks for it: those with the rich-text editor.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False

LOGGING = logging_settings(LOG_LEVEL, LOG_FORMAT)
