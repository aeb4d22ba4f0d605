"""An API that takes a realm's access tokens and, while its people move, the tokens that it issued itself before."""

import os

# Signs nothing here that outlives a process; an app with sessions or password mails has a lasting one of its own.
SECRET_KEY = os.environ.get("SECRET_KEY") or os.urandom(32).hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")
ROOT_URLCONF = "api.urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "rest_framework",
    "rest_framework.authtoken",
    "realm_tokens",
]
MIDDLEWARE = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("DATABASE", "api.sqlite3")}}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "realm_tokens.authentication.RealmAuthentication",
        # the tokens from before: take it out when nobody comes with one any more
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}

REALM_TOKENS = {
    # as it stands in `iss`
    "issuer": os.environ.get("REALM_ISSUER", "https://keycloak.example/realms/social"),
    # this API's name in `aud`
    "audience": os.environ.get("REALM_AUDIENCE", "things-api"),
    # the clients whose tokens are taken; none: all that the realm gives this audience to
    "clients": [client for client in os.environ.get("REALM_CLIENTS", "").split(",") if client],
    # a claim with the id of the user here from before the move; none: everybody is new. See the README before you set it.
    "user_id_claim": os.environ.get("REALM_USER_ID_CLAIM") or None,
}
