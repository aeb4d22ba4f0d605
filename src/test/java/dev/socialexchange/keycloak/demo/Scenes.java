package dev.socialexchange.keycloak.demo;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.net.URI;
import java.util.Map;

/** The exchanges of the transcript, in their order: what works first, then what is refused. */
final class Scenes {

    private static final String FRONT_END = "demo-spa";
    /** Of the example in RFC 7636, appendix B; a front end makes a new one each time. */
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";

    private final KeycloakServer keycloak;
    private final Simulator providers;
    private final Transcript transcript;
    private final String origin;

    Scenes(KeycloakServer keycloak, Simulator providers, Transcript transcript, String origin) {
        this.keycloak = keycloak;
        this.providers = providers;
        this.transcript = transcript;
        this.origin = origin;
    }

    void play() {
        Answer ada = firstAndSecondLogin();
        otherProviders();
        addressThatIsVerified();
        int users = keycloak.admin().countUsers();
        tokensForAnotherApp();
        addressThatIsTaken();
        transcript.require("the refusals left no user behind", keycloak.admin().countUsers() == users);
        refresh(ada);
        hijacked(ada);
    }

    private Answer firstAndSecondLogin() {
        transcript.show(
                "First login with a Google id token",
                "Nobody knows Ada yet: the realm's first-broker-login flow runs and creates a user.",
                exchange("google", idToken(providers.google(), Cast.ADA), TokenType.ID_TOKEN),
                Expected.tokens().with("user_created", true).present("id_token"));
        return transcript.show(
                "Second login of the same person",
                "The federated identity link is found: same user, new session. An id token is accepted once, so this is"
                        + " another one.",
                exchange("google", idToken(providers.google(), Cast.ADA), TokenType.ID_TOKEN),
                Expected.tokens().with("user_created", false).present("id_token"));
    }

    private void otherProviders() {
        transcript.show(
                "A Facebook access token",
                "It is opaque; debug_token and the profile are asked side by side, with appsecret_proof.",
                exchange("facebook", accessToken(providers.facebook(), Cast.BRUNO), TokenType.ACCESS_TOKEN),
                Expected.tokens().with("user_created", true));
        transcript.show(
                "A GitHub access token",
                "GitHub's application token check tells which app it was minted for.",
                exchange("github", accessToken(providers.github(), Cast.CHLOE), TokenType.ACCESS_TOKEN),
                Expected.tokens().with("user_created", true));
        transcript.show(
                "An id token of an OpenID Connect provider",
                "Nothing but the identity provider's ordinary settings is needed.",
                exchange("acme", idToken(providers.acme(), Cast.ELIF), TokenType.ID_TOKEN),
                Expected.tokens().with("user_created", true).present("id_token"));
    }

    private void addressThatIsVerified() {
        String frank = keycloak.admin()
                .createUser(Map.of(
                        "username",
                        "frank",
                        "enabled",
                        true,
                        "email",
                        Cast.FRANK.email(),
                        "emailVerified",
                        true,
                        "firstName",
                        Cast.FRANK.givenName(),
                        "lastName",
                        Cast.FRANK.familyName()));
        transcript.show(
                "An account that is linked by its verified address",
                "frank@example.org has an account here, and its address is verified; GitHub vouches for the same address."
                        + " The realm's flow for GitHub has the step \"Link by verified e-mail\", so this first login is"
                        + " linked to that account, and nobody is asked.",
                exchange("github", accessToken(providers.github(), Cast.FRANK), TokenType.ACCESS_TOKEN),
                Expected.tokens().with("user_created", false));
        transcript.require(
                "linked by the verified address just now: frank's account, to GitHub's number " + Cast.FRANK.id(),
                keycloak.admin()
                        .federatedIdentities(frank)
                        .path(0)
                        .path("userId")
                        .asText()
                        .equals(Cast.FRANK.id()));
    }

    private void tokensForAnotherApp() {
        Expected refused = Expected.refusal(400, "invalid_request", "token_for_another_app");
        transcript.show(
                "A Google id token minted for another app",
                "Genuine, and signed by Google, but for somebody else's client id: accepting it would let every app"
                        + " sign in as its users.",
                exchange("google", providers.google().idToken(Provider.FOREIGN_CLIENT, Cast.ADA), TokenType.ID_TOKEN),
                refused);
        transcript.show(
                "A GitHub access token minted for another app",
                "The same with an opaque token, which GitHub's profile endpoint alone would have taken for good.",
                exchange(
                        "github",
                        providers.github().accessToken(Provider.FOREIGN_CLIENT, Cast.CHLOE),
                        TokenType.ACCESS_TOKEN),
                refused);
    }

    private void addressThatIsTaken() {
        transcript.show(
                "An e-mail address that already has an account",
                "carol@example.org is a local user with a password. The flow for Google has no such step: only the account's"
                        + " owner may link it, and that needs a browser."
                        + " The request says where the browser comes back to, and the answer has a link, for one use.",
                exchange("google", idToken(providers.google(), Cast.CAROL), TokenType.ID_TOKEN)
                        .param("interaction_redirect_uri", origin + "/")
                        .param("interaction_state", "of-the-page")
                        .param("interaction_code_challenge", CHALLENGE),
                Expected.refusal(400, "interaction_required", "account_exists")
                        .present("interaction_uri")
                        .present("interaction_expires_in"));
    }

    private void refresh(Answer ada) {
        transcript.show(
                "Refreshing Ada's tokens",
                "They are the realm's own tokens in an ordinary user session; Google is not asked again.",
                keycloak.tokens().refresh(ada.refreshToken()).as(FRONT_END).origin(origin),
                Expected.tokens());
    }

    /** Google's own word, as its Cross-Account Protection sends it. */
    private void hijacked(Answer ada) {
        keycloak.admin().configureIdentityProvider("google", Map.of("exchangeSignals", "enforce"));
        transcript.require(
                "Google has told the realm that Ada's account is hijacked, and the realm has taken it",
                googleSays("account-disabled", "{\"reason\":\"hijacking\"}", 60));
        transcript.show(
                "After Google has said that Ada's account is hijacked",
                "The sessions that came through it have ended.",
                keycloak.tokens().refresh(ada.refreshToken()).as(FRONT_END).origin(origin),
                new Expected(400, Map.of("error", "invalid_grant")));
        transcript.show(
                "The next exchange of the hijacked account",
                "The link is suspended: it signs nobody in until Ada has proven her account in another way, by the mail that a"
                        + " browser login offers for example, or Google says that all is well.",
                exchange("google", idToken(providers.google(), Cast.ADA), TokenType.ID_TOKEN),
                Expected.refusal(400, "interaction_required", "link_suspended"));
        transcript.require(
                "Google has told the realm that Ada's account is hers again", googleSays("account-enabled", "{}", 30));
        transcript.show(
                "Ada is back",
                "The same user, by the same link.",
                exchange("google", idToken(providers.google(), Cast.ADA), TokenType.ID_TOKEN),
                Expected.tokens().with("user_created", false));
    }

    private boolean googleSays(String event, String details, int secondsAgo) {
        return RawRequest.to(URI.create(providers.url() + "/_control/signals"))
                        .json(
                                """
                        {"provider":"google","person":"%s","event":"%s%s","details":%s,"happened":%d,
                         "url":"%s/realms/%s/social-exchange/signals/google/security-events"}"""
                                        .formatted(
                                                Cast.ADA.id(),
                                                RISC,
                                                event,
                                                details,
                                                secondsAgo,
                                                keycloak.url(),
                                                keycloak.tokens().realm()))
                        .send()
                        .json()
                        .path("status")
                        .asInt()
                == 202;
    }

    private static String accessToken(Provider provider, Person person) {
        return provider.accessToken(provider.clientId(), person);
    }

    private static String idToken(OpenIdProvider provider, Person person) {
        return provider.idToken(provider.clientId(), person);
    }

    private TokenRequest exchange(String alias, String token, String type) {
        return keycloak.tokens()
                .exchange(alias)
                .as(FRONT_END)
                .origin(origin)
                .subjectToken(token)
                .type(type)
                .scope("openid");
    }
}
