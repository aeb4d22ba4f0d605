"""The roles of the realm's tokens as permissions."""

from django.contrib.auth import get_user_model
from rest_framework.permissions import BasePermission

from realm_tokens.tokens import RealmToken


def has_role(role):
    """
    Whoever has this role of the API in the realm's token. With a token from before, which has no roles, whoever is in the
    group of this name.
    """

    class HasRole(BasePermission):
        def has_permission(self, request, view):
            if isinstance(request.auth, RealmToken):
                return role in request.auth.roles
            return isinstance(request.user, get_user_model()) and request.user.groups.filter(name=role).exists()

    return HasRole
