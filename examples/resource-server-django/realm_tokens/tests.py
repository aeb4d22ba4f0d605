import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import Group, User
from django.test import TestCase, override_settings
from jwt.algorithms import RSAAlgorithm
from rest_framework.authtoken.models import Token

from realm_tokens.authentication import keys_of
from realm_tokens.keys import LIFE, PAUSE, KeysUnavailable, RealmKeys
from realm_tokens.models import RealmUser


class FakeRealm:
    """Has keys, and signs with them what a realm signs."""

    def __init__(self):
        self.asked = 0
        self.status = 200
        realm = self

        class Certs(BaseHTTPRequestHandler):
            def do_GET(self):
                realm.asked += 1
                self.send_response(realm.status)
                self.end_headers()
                self.wfile.write(json.dumps({"keys": realm.public_keys()}).encode())

            def log_message(self, *arguments):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Certs)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/realms/social"
        self.certs = self.issuer + "/protocol/openid-connect/certs"
        self.new_key("first")

    def new_key(self, name):
        self.name = name
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def public_keys(self):
        signing = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        signing.update(kid=self.name, use="sig", alg="RS256")
        return [dict(signing, kid="encryption", use="enc"), signing]

    def token(self, without=(), key=None, algorithm="RS256", key_id=None, **claims):
        now = int(time.time())
        good = {
            "iss": self.issuer,
            "sub": "7d1e-ada",
            "aud": ["account", "things-api"],
            "exp": now + 300,
            "iat": now,
            "typ": "Bearer",
            "azp": "app",
            "realm_access": {"roles": ["member"]},
            "resource_access": {"things-api": {"roles": ["editor"]}, "account": {"roles": ["manage-account"]}},
        }
        good.update(claims)
        for claim in without:
            del good[claim]
        return jwt.encode(good, key or self.key, algorithm, headers={"kid": key_id or self.name})


class RealmTokensTest(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.realm = FakeRealm()
        cls.realm_settings = {
            "issuer": cls.realm.issuer,
            "audience": "things-api",
            "clients": ["app"],
            "user_id_claim": "legacy_id",
        }

    @classmethod
    def tearDownClass(cls):
        cls.realm.server.shutdown()
        cls.realm.server.server_close()
        super().tearDownClass()

    def run(self, result=None):
        with override_settings(REALM_TOKENS=self.realm_settings):
            super().run(result)

    def ask(self, path, token, scheme="Bearer"):
        return self.client.get(path, HTTP_AUTHORIZATION=f"{scheme} {token}")

    def refused(self, token):
        answer = self.ask("/me", token)
        self.assertEqual(answer.status_code, 401, answer.content)
        self.assertEqual(answer["WWW-Authenticate"], 'Bearer realm="api"')
        self.assertEqual(User.objects.count(), 0)

    def test_person_is_a_user_of_their_own_with_the_roles_of_this_api(self):
        answer = self.ask("/me", self.realm.token())
        again = self.ask("/me", self.realm.token(email="other@example.org", preferred_username="other"))

        self.assertEqual(answer.json()["roles"], ["editor"])
        self.assertEqual(again.json()["user"], answer.json()["user"])
        self.assertEqual(self.ask("/things", self.realm.token()).status_code, 200)
        self.assertFalse(User.objects.get().has_usable_password())

    def test_two_people_with_one_address_are_two_users(self):
        one = self.ask("/me", self.realm.token(email="ada@example.org")).json()
        other = self.ask("/me", self.realm.token(sub="another", email="ada@example.org")).json()

        self.assertNotEqual(one["user"], other["user"])

    def test_role_of_the_realm_is_no_role_of_this_api(self):
        token = self.realm.token(resource_access={}, realm_access={"roles": ["editor"]})

        self.assertEqual(self.ask("/things", token).status_code, 403)

    def test_token_that_is_not_for_this_api_is_refused(self):
        for why, claims in {
            "another realm": {"iss": "https://keycloak.example/realms/other"},
            "another API": {"aud": "account"},
            "an id token": {"typ": "ID"},
            "expired": {"exp": int(time.time()) - 120},
            "another client": {"azp": "stranger"},
            "bound to a key": {"cnf": {"jkt": "thumb"}},
            "nobody's": {"sub": ""},
        }.items():
            with self.subTest(why):
                self.refused(self.realm.token(**claims))

    def test_token_that_lacks_what_says_whose_it_is_is_refused(self):
        for claim in ["iss", "aud", "exp", "iat", "sub", "typ", "azp"]:
            with self.subTest(claim):
                self.refused(self.realm.token(without=[claim]))

    def test_signature_of_a_stranger_is_refused(self):
        self.refused(self.realm.token(key=rsa.generate_private_key(public_exponent=65537, key_size=2048)))

    def test_token_that_names_its_algorithm_itself_is_refused(self):
        self.refused(self.realm.token(key="the public key is no secret, and no key of an HMAC", algorithm="HS256"))
        parts = self.realm.token().split(".")
        self.refused("eyJhbGciOiJub25lIiwia2lkIjoiZmlyc3QifQ." + parts[1] + ".")

    def test_key_for_encryption_signs_nothing(self):
        self.refused(self.realm.token(key_id="encryption"))

    def test_what_is_no_token_is_refused(self):
        self.refused("a.b.c")
        self.refused("opaque")

    def test_token_from_before_is_the_same_person(self):
        before = User.objects.create_user("ada")
        old = Token.objects.create(user=before)
        Group.objects.create(name="editor").user_set.add(before)

        self.assertEqual(self.ask("/me", old.key, "Token").json()["user"], before.pk)
        self.assertEqual(self.ask("/things", old.key, "Token").status_code, 200)
        self.assertEqual(self.ask("/me", self.realm.token(legacy_id=str(before.pk))).json()["user"], before.pk)
        # from now on by the sub, whatever the claim says
        self.assertEqual(self.ask("/me", self.realm.token(legacy_id="999")).json()["user"], before.pk)

    def test_user_from_before_goes_to_one_person_only(self):
        before = User.objects.create_user("ada")
        self.ask("/me", self.realm.token(legacy_id=str(before.pk)))

        other = self.ask("/me", self.realm.token(sub="another", legacy_id=str(before.pk)))

        self.assertEqual(other.status_code, 401)
        self.assertEqual(RealmUser.objects.get().subject, "7d1e-ada")

    def test_user_from_before_who_is_gone_is_not_made_anew(self):
        for claim in ["4711", "", "1 or 1", "²", "9" * 40, True, ["1"]]:
            with self.subTest(claim):
                self.refused(self.realm.token(legacy_id=claim))

    def test_claim_that_is_not_configured_means_nothing(self):
        before = User.objects.create_user("ada")

        with override_settings(REALM_TOKENS=dict(self.realm_settings, user_id_claim=None)):
            user = self.ask("/me", self.realm.token(legacy_id=str(before.pk))).json()["user"]

        self.assertNotEqual(user, before.pk)

    def test_whom_this_api_has_locked_stays_out(self):
        self.ask("/me", self.realm.token())
        User.objects.update(is_active=False)

        self.assertEqual(self.ask("/me", self.realm.token()).status_code, 401)

    def test_realm_that_does_not_answer_says_nothing_of_the_token(self):
        self.realm.status = 500
        keys_of.cache_clear()

        answer = self.ask("/me", self.realm.token())

        self.realm.status = 200
        keys_of.cache_clear()
        self.assertEqual(answer.status_code, 503)


class RealmKeysTest(TestCase):
    def setUp(self):
        self.realm = FakeRealm()
        self.now = 1000.0
        self.keys = RealmKeys(self.realm.certs, clock=lambda: self.now)

    def tearDown(self):
        self.realm.server.shutdown()
        self.realm.server.server_close()

    def test_keys_are_fetched_once(self):
        for _ in range(5):
            self.assertIsNotNone(self.keys.key("first"))
        self.assertEqual(self.realm.asked, 1)

    def test_new_key_is_fetched_when_a_token_names_it(self):
        self.keys.key("first")
        self.realm.new_key("second")
        self.now += PAUSE + 1

        self.assertIsNotNone(self.keys.key("second"))
        self.assertIsNone(self.keys.key("first"))

    def test_keys_that_nobody_knows_are_not_asked_for_each_time(self):
        for number in range(50):
            self.assertIsNone(self.keys.key(f"unknown {number}"))
        self.assertEqual(self.realm.asked, 1)

    def test_keys_outlive_a_short_outage_and_no_long_one(self):
        self.keys.key("first")
        self.realm.status = 500

        self.now += LIFE + 1
        self.assertIsNotNone(self.keys.key("first"))
        self.now += 6 * LIFE
        with self.assertRaises(KeysUnavailable):
            self.keys.key("first")
