"""Which of the JWTs that the realm has signed are access tokens for this API."""

from dataclasses import dataclass, field

import jwt

# What a realm signs with unless that was changed; what a token says of its algorithm decides nothing.
ALGORITHM = "RS256"
NEEDED = ["exp", "iat", "iss", "sub", "aud"]


class TokenRefused(Exception):
    """Says why, for the log: without anything out of the token."""


@dataclass(frozen=True)
class RealmToken:
    claims: dict = field(repr=False)
    audience: str

    @property
    def subject(self):
        return self.claims["sub"]

    @property
    def roles(self):
        """Of this API alone. A realm's role of the same name is another one."""
        clients = self.claims.get("resource_access")
        own = clients.get(self.audience) if isinstance(clients, dict) else None
        roles = own.get("roles") if isinstance(own, dict) else None
        return frozenset(map(str, roles)) if isinstance(roles, list) else frozenset()


def verified(text, keys, issuer, audience, clients=()):
    """The token, or TokenRefused; KeysUnavailable where nobody can tell."""
    try:
        header = jwt.get_unverified_header(text)
        key = keys.key(header.get("kid"))
        if key is None:
            raise TokenRefused("nobody knows its key")
        claims = jwt.decode(
            text,
            key,
            algorithms=[ALGORITHM],
            issuer=issuer,
            audience=audience,
            leeway=30,
            options={"require": NEEDED},
        )
    except jwt.InvalidTokenError as error:
        raise TokenRefused(type(error).__name__) from error
    if claims.get("typ") != "Bearer":
        raise TokenRefused("no access token")  # a realm signs id tokens and others with the same keys
    if clients and claims.get("azp") not in clients:
        raise TokenRefused("of another client")
    if "cnf" in claims:
        # bound to a key or a certificate of the client's, of which nobody here asks for proof (RFC 9449 §7.1)
        raise TokenRefused("bound to a key")
    if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
        raise TokenRefused("nobody's")
    return RealmToken(claims, audience)
