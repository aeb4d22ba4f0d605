"""The realm's public keys."""

import json
import threading
import time
import urllib.request

import jwt

LIFE = 600  # seconds that keys are taken as they are
PAUSE = 10  # seconds between two requests, however many keys nobody knows are asked for
TIMEOUT = 5
LIMIT = 256 * 1024


class KeysUnavailable(Exception):
    """The realm does not answer. It says nothing of the token."""


class RealmKeys:
    """Fetched once for all, and again when a token names a key that is not among them."""

    def __init__(self, url, clock=time.monotonic):
        self._url = url
        self._clock = clock
        self._lock = threading.Lock()
        self._keys = {}
        self._fetched = self._tried = -float("inf")

    def key(self, key_id):
        """The key of this name; None if the realm has none."""
        with self._lock:
            now = self._clock()
            stale = now - self._fetched > LIFE
            if (stale or key_id not in self._keys) and now - self._tried > PAUSE:
                self._tried = now
                self._fetch(now)
            if not self._keys or self._clock() - self._fetched > 6 * LIFE:
                raise KeysUnavailable
            return self._keys.get(key_id)

    def _fetch(self, now):
        try:
            with urllib.request.urlopen(self._url, timeout=TIMEOUT) as answer:
                found = json.loads(answer.read(LIMIT))["keys"]
            signing = [key for key in found if key.get("use") == "sig" and key.get("kty") == "RSA"]
            self._keys = {key["kid"]: jwt.PyJWK(key).key for key in signing}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, jwt.PyJWTError):
            return  # those that are there do for a while
        self._fetched = now
