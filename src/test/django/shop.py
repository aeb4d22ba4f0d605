"""The same Django project, whose /auth/convert-token is no view of its own any more but the realm's door. Its own test client asks it for everybody."""

import base64
import http.client
import json
import sys
import urllib.parse

import django
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="of a test",
    USE_TZ=True,
    ALLOWED_HOSTS=["testserver"],
    ROOT_URLCONF=__name__,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "social_django"],
)
django.setup()

from django.test import Client  # noqa: E402
from social_django.models import UserSocialAuth  # noqa: E402

given = json.load(sys.stdin)
door = urllib.parse.urlsplit(given["door"])
connection = http.client.HTTPConnection(door.netloc)


def led_to_the_door(request):
    """What the proxy does: the body as it came, under the kind that it came as."""
    connection.request(
        "POST", door.path + "/convert-token", request.body, {"Content-Type": request.headers["Content-Type"]}
    )
    answer = connection.getresponse()
    return HttpResponse(answer.read(), status=answer.status, content_type=answer.headers["Content-Type"])


urlpatterns = [path("auth/convert-token", led_to_the_door)]


def claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


call_command("migrate", verbosity=0)
call_command("loaddata", given["fixture"], verbosity=0)
client = Client()
came = []
for number, account in enumerate(UserSocialAuth.objects.select_related("user").order_by("id")):
    token = given["tokens"].get(account.provider + " " + account.uid)
    if token is None:
        continue
    # the three ways in which apps are known to send it
    body = {"grant_type": "convert_token", "client_id": "of-old", "backend": account.provider, "token": token}
    if number % 3 == 0:
        answer = client.post("/auth/convert-token", body)
    elif number % 3 == 1:
        answer = client.post("/auth/convert-token", body, content_type="application/json")
    else:
        form = urllib.parse.urlencode(body)
        answer = client.post("/auth/convert-token", form, content_type="application/x-www-form-urlencoded")
    said = answer.json()
    assert answer.status_code == 200, (account.provider, answer.status_code, said)
    assert said["token_type"] == "Bearer" and said["refresh_token"], said.keys()
    # who this was in Django, to the letter
    user = account.user
    assert said["user"] == {"email": user.email, "first_name": user.first_name, "last_name": user.last_name}, said["user"]
    came.append({"username": user.username, "sub": claims(said["access_token"])["sub"]})
json.dump(came, sys.stdout)
