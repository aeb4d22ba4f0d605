"""Who a person of the realm is here."""

import re

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from realm_tokens.models import RealmUser

NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def user_of(token, user_id_claim):
    """The user with this `sub`; at the first time the one from before the move, or a new one. None where that is refused."""
    try:
        with transaction.atomic():
            return _known(token) or _first(token, user_id_claim)
    except IntegrityError:
        return _known(token)  # another request was first; or the user from before is somebody else's: None


def _known(token):
    found = RealmUser.objects.select_related("user").filter(subject=token.subject).first()
    return found and found.user


def _first(token, user_id_claim):
    users = get_user_model()
    before = token.claims.get(user_id_claim) if user_id_claim else None
    if before is None:
        user = users.objects.create_user(username=token.subject[:150])  # without a password that could be used
    else:
        user = users.objects.filter(pk=int(before)).first() if NUMBER.fullmatch(str(before)) else None
    if user is not None:
        RealmUser.objects.create(subject=token.subject, user=user)
    return user
