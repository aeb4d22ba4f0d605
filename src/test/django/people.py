"""A Django project with social-auth-app-django: makes the people that it reads, and writes what "manage.py dumpdata" would."""

import json
import sys

import django
from django.conf import settings
from django.core.management import call_command

settings.configure(
    SECRET_KEY="of a test",
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "social_django"],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
)
django.setup()

from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from social_django.models import UserSocialAuth  # noqa: E402

PBKDF2PasswordHasher.iterations = 1000  # what a test has time for

call_command("migrate", verbosity=0)
for person in json.load(sys.stdin):
    user = User.objects.create_user(
        person["username"],
        person["email"],
        person.get("password"),
        first_name=person["first_name"],
        last_name=person["last_name"],
        is_active=person["is_active"],
    )
    for account in person["accounts"]:
        UserSocialAuth.objects.create(
            user=user, provider=account["provider"], uid=account["uid"], extra_data=account["extra_data"]
        )
call_command("dumpdata", "auth.user", "social_django.usersocialauth", stdout=sys.stdout)
