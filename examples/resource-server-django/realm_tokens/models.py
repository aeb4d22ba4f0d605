from django.conf import settings
from django.db import models


class RealmUser(models.Model):
    """Who a person of the realm is here. By their `sub` alone: an address or a username may become somebody else's."""

    subject = models.CharField(max_length=255, unique=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="realm")
