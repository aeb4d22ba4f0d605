package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.fuzz.Attempt.Allowed;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.provider.TokenKind;
import dev.socialexchange.keycloak.simulator.DataProvider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** JWTs: forged ones, which open nothing, and ones that their own provider signed whatever stands in them. */
record OddTokens(Ground ground) implements Category {
    private static final List<String> CLAIMS = List.of(
            "iss",
            "sub",
            "aud",
            "azp",
            "exp",
            "iat",
            "nbf",
            "nonce",
            "typ",
            "email",
            "email_verified",
            "name",
            "given_name",
            "preferred_username",
            "sid",
            "id",
            "oid",
            "tid",
            "hd",
            "acr",
            "amr",
            "at_hash",
            "scope",
            "events",
            "anything");
    private static final List<String> HEADERS = List.of(
            "\"alg\":\"none\"",
            "\"alg\":\"HS256\"",
            "\"alg\":\"RS256\"",
            "\"alg\":\"PS512\"",
            "\"alg\":\"ES256K\"",
            "\"alg\":5",
            "\"alg\":null",
            "\"alg\":[\"ES256\"]",
            "\"kid\":null",
            "\"kid\":[]",
            "\"kid\":\"../../etc/passwd\"",
            "\"kid\":\"nobodys\"",
            "\"jku\":\"http://127.0.0.1:1/keys\"",
            "\"x5u\":\"http://127.0.0.1:1/certificate\"",
            "\"x5c\":[\"AAAA\"]",
            "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
            "\"crit\":[\"exp\"]",
            "\"b64\":false",
            "\"zip\":\"DEF\"",
            "\"typ\":\"at+jwt\"",
            "\"typ\":\"logout+jwt\"",
            "\"cty\":\"JWT\"");

    @Override
    public Attempt next(Dice dice) {
        return dice.chance(60) ? signed(dice) : forged(dice);
    }

    /** What the provider says is somebody's, as odd as it is; whether it can be read is the question. */
    private Attempt signed(Dice dice) {
        Ground.Good good = ground.good(dice, TokenKind.ID_TOKEN);
        String claim = dice.one(CLAIMS);
        String json = dice.oddJson();
        int way = dice.below(4);
        UnaryOperator<String> header =
                way == 3 ? text -> withMember(text, dice.one(HEADERS)) : UnaryOperator.identity();
        UnaryOperator<String> claims =
                switch (way) {
                    case 0 -> text -> withClaim(text, claim, json);
                    case 1 -> text -> withMember(text, '"' + claim + "\":" + json); // twice, where it is there
                    case 2 -> text -> dice.chance(50) ? json : text + json;
                    default -> UnaryOperator.<String>identity();
                };
        DataProvider provider = good.provider();
        String token = provider.idTokenText(provider.clientId(), good.person(), header, claims);
        boolean own = token.length() > 20_000;
        return attempt(
                good,
                "signed, way %d, %s: %s".formatted(way, claim, head(json)),
                null,
                type(dice),
                token,
                own ? List.of(Allowed.SUCCESS, Allowed.KEYCLOAKS_FORM) : List.of(Allowed.SUCCESS));
    }

    private Attempt forged(Dice dice) {
        Ground.Good good = ground.good(dice, TokenKind.ID_TOKEN);
        String[] parts = good.token().split("\\.");
        String way = dice.one("header", "claims", "signature", "foreign signature", "nested", "noise", "alphabet");
        String token =
                switch (way) {
                    case "header" ->
                        base64(withMember("{\"typ\":\"JWT\"}", dice.one(HEADERS))) + '.' + parts[1] + '.' + parts[2];
                    case "claims" ->
                        parts[0]
                                + '.'
                                + base64(withClaim(text(parts[1]), dice.one(CLAIMS), dice.oddJson()))
                                + '.'
                                + parts[2];
                    case "signature" -> parts[0] + '.' + parts[1] + '.' + dice.one("", "AAAA", reversed(parts[2]));
                    case "foreign signature" ->
                        parts[0]
                                + '.'
                                + parts[1]
                                + '.'
                                + ground.good(dice, TokenKind.ID_TOKEN).token().split("\\.")[2];
                    case "nested" -> good.token() + '.' + good.token().replaceFirst("\\.[^.]*$", "");
                    case "noise" ->
                        base64(dice.bytes(dice.below(300))) + '.' + base64(dice.bytes(dice.below(3000))) + ".AAAA";
                    default ->
                        good.token().substring(0, good.token().length() - 8)
                                + dice.one("========", "%%%%%%%%", "++++////");
                };
        return attempt(good, "forged by " + way, "", type(dice), token, List.of());
    }

    private Attempt attempt(
            Ground.Good good, String what, String subject, String type, String token, List<Allowed> allowed) {
        String expected = subject == null ? null : good.subject();
        return new Attempt(
                good.alias() + ' ' + what + " as " + type.replaceAll(".*:", ""),
                good.alias(),
                expected,
                Attempt.allowing(allowed.toArray(Allowed[]::new)),
                () -> ground.request(good.alias(), type, token, Map.of()).send());
    }

    private static String type(Dice dice) {
        return dice.chance(80)
                ? TokenType.ID_TOKEN
                : dice.one(TokenType.ACCESS_TOKEN, "urn:ietf:params:oauth:token-type:jwt");
    }

    /** As its only one of this name. */
    private static String withClaim(String claims, String name, String json) {
        return withMember(
                claims.replaceAll(",?\"" + name + "\":(\"[^\"]*\"|\\d+|true|false|null|\\[[^\\]]*])", "")
                        .replace("{,", "{"),
                '"' + name + "\":" + json);
    }

    private static String withMember(String object, String member) {
        return object.equals("{}") ? '{' + member + '}' : '{' + member + ',' + object.substring(1);
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String head(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }
}
