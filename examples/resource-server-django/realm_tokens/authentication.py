"""Realm tokens in Django REST framework."""

import logging
from functools import lru_cache

from django.conf import settings
from rest_framework import status
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import APIException, AuthenticationFailed

from realm_tokens.keys import KeysUnavailable, RealmKeys
from realm_tokens.tokens import TokenRefused, verified
from realm_tokens.users import user_of

LOG = logging.getLogger(__name__)


class RealmUnavailable(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "Tokens cannot be verified just now."


@lru_cache(maxsize=None)
def keys_of(issuer):
    return RealmKeys(issuer + "/protocol/openid-connect/certs")


class RealmAuthentication(BaseAuthentication):
    """
    Takes every JWT after `Bearer`: it is good, or the request ends here. Anything else is left to the classes after this one,
    so that the tokens from before go on working for as long as they are wanted.
    """

    def authenticate(self, request):
        parts = get_authorization_header(request).split()
        if len(parts) != 2 or parts[0].lower() != b"bearer" or parts[1].count(b".") != 2:
            return None
        realm = settings.REALM_TOKENS
        try:
            token = verified(
                parts[1].decode("ascii", "replace"),
                keys_of(realm["issuer"]),
                realm["issuer"],
                realm["audience"],
                realm["clients"],
            )
        except TokenRefused as refused:
            LOG.info("A token was refused: %s", refused)
            raise AuthenticationFailed("The access token is not good here.") from refused
        except KeysUnavailable as unavailable:
            raise RealmUnavailable() from unavailable
        user = user_of(token, realm["user_id_claim"])
        if user is None or not user.is_active:
            raise AuthenticationFailed("The account cannot be used.")
        return user, token

    def authenticate_header(self, request):
        return 'Bearer realm="api"'
