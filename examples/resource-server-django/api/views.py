from rest_framework.decorators import api_view, permission_classes
from rest_framework.response import Response

from realm_tokens.permissions import has_role


@api_view()
def me(request):
    """`auth` is the realm's token, or the old one; `user` is the same person with either."""
    return Response({"user": request.user.pk, "roles": sorted(getattr(request.auth, "roles", ()))})


@api_view()
@permission_classes([has_role("editor")])
def things(request):
    return Response(["a thing"])
