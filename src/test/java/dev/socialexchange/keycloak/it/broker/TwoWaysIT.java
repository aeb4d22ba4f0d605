package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.WaitingMapper;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.SaidByProvider;
import dev.socialexchange.keycloak.it.support.SaidByProvider.Said;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An exchange leaves what the same login by browser leaves: the same person, with the same answers of the provider, mappers and
 * sync mode, goes both ways, and what is left is compared. Each of the provider's documents says something that the others do
 * not, so that a difference names the mapper and the document.
 */
class TwoWaysIT {
    private static final List<String> MODES = List.of("IMPORT", "LEGACY", "FORCE");
    private static final List<String> TYPES = List.of("oidc", "keycloak-oidc");
    private static final List<String> DOCUMENTS = List.of("id", "info", "access");
    private static final String CLIENT = "two-ways";

    /** The kinds of tokens, with the documents that an exchange reads with them. */
    private enum Kind {
        CODE(Set.of("id", "info", "access")),
        ID_TOKEN_WITH_ACCESS_TOKEN(Set.of("id", "info", "access")),
        ACCESS_TOKEN(Set.of("info", "access")),
        ID_TOKEN(Set.of("id"));

        private final Set<String> reads;

        Kind(Set<String> reads) {
            this.reads = reads;
        }
    }

    private static final List<String> TABLE = new ArrayList<>();

    private static SaidByProvider provider;
    private static OwnRealm browsed;
    private static OwnRealm exchanged;
    private static final Map<String, String> ALIASES = new LinkedHashMap<>();

    @BeforeAll
    static void createRealms() {
        provider = SaidByProvider.start();
        browsed = realm();
        exchanged = realm();
        for (String type : TYPES) {
            for (String mode : MODES) {
                String alias = Suite.unique(type);
                ALIASES.put(type + mode, alias);
                Stream.of(browsed, exchanged).forEach(realm -> provider(realm, alias, type, mode));
            }
        }
    }

    @AfterAll
    static void stop() {
        System.out.println("what | document | token kind | sync mode | type | first | changed later | after a code");
        TABLE.forEach(System.out::println);
        if (provider != null) {
            provider.close();
        }
    }

    static Stream<Arguments> ways() {
        return TYPES.stream().flatMap(type -> MODES.stream()
                .flatMap(mode -> Stream.of(Kind.values()).map(kind -> Arguments.of(type, mode, kind))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void exchangeLeavesWhatABrowserLoginLeaves(String type, String mode, Kind kind) {
        String alias = ALIASES.get(type + mode);
        String subject = Suite.unique("subject");

        provider.says(subject, said(subject, "1"));
        Way first = Way.of(subject, alias, kind);
        provider.says(subject, said(subject, "2"));
        Way later = Way.of(subject, alias, kind);

        String other = Suite.unique("subject");
        provider.says(other, said(other, "1"));
        Way.of(other, alias, Kind.CODE);
        Way afterCode = Way.of(other, alias, kind);

        Set<String> effects = new TreeSet<>(first.browser.keySet());
        effects.addAll(later.browser.keySet());
        List<String> wrong = new ArrayList<>();
        for (String effect : effects) {
            List<String> verdicts = Stream.of(first, later, afterCode)
                    .map(way -> way.verdict(effect))
                    .toList();
            TABLE.add("%s | %s | %s | %s | %s"
                    .formatted(effect.replace("/", " | "), kind, mode, type, String.join(" | ", verdicts)));
            boolean read =
                    kind.reads.contains(document(effect)) || document(effect).isEmpty();
            if (read && !verdicts.equals(List.of("equal", "equal", "equal"))) {
                wrong.add(effect + ": " + first.difference(effect) + later.difference(effect)
                        + afterCode.difference(effect));
            }
            if (!read && !afterCode.keeps(effect)) {
                wrong.add(effect + " is taken away by what does not speak of it: " + afterCode.difference(effect));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(first.user(exchanged)).isEqualTo(first.user(browsed));
    }

    @Test
    void everyMapperThatKeycloakHasForTheseTypesTakesPart() {
        for (String type : TYPES) {
            Set<String> offered = new TreeSet<>();
            browsed.admin()
                    .get("/identity-provider/instances/" + ALIASES.get(type + "FORCE") + "/mapper-types")
                    .fieldNames()
                    .forEachRemaining(offered::add);
            offered.remove(WaitingMapper.ID); // the suite's own

            Set<String> taken = new TreeSet<>();
            mappers(type).forEach(mapper -> taken.add(mapper.type()));
            assertThat(taken).as("mappers of %s", type).containsAll(offered);
        }
    }

    // what the provider says

    /** @param version of what changes; a role that is claimed in the first version is withdrawn in the second */
    private static Said said(String subject, String version) {
        return new Said(
                document("id", subject, version),
                document("info", subject, version),
                document("access", subject, version));
    }

    private static Map<String, Object> document(String name, String subject, String version) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (!name.equals("access")) {
            claims.put("preferred_username", "name-" + subject);
            claims.put("email", subject + "@example.org");
            claims.put("given_name", "Given" + version);
            claims.put("family_name", "Family");
        }
        claims.put("attribute_" + name, name + version);
        claims.put("note_" + name, name + version);
        claims.put("role_" + name, version.equals("1") ? "yes" : "no");
        claims.put("group_" + name, version.equals("1") ? "yes" : "no");
        if (name.equals("access")) {
            claims.put("realm_access", Map.of("roles", version.equals("1") ? List.of("external") : List.of()));
        }
        return claims;
    }

    // mappers

    private record Mapper(String type, Map<String, String> config) {}

    private static List<Mapper> mappers(String type) {
        List<Mapper> mappers = new ArrayList<>();
        mappers.add(new Mapper(
                "hardcoded-attribute-idp-mapper", Map.of("attribute", "hardcoded", "attribute.value", "constant")));
        mappers.add(new Mapper("oidc-hardcoded-role-idp-mapper", Map.of("role", "hardcoded")));
        mappers.add(new Mapper("oidc-hardcoded-group-idp-mapper", Map.of("group", "/hardcoded")));
        mappers.add(new Mapper(
                "hardcoded-user-session-attribute-idp-mapper",
                Map.of("attribute", "hardcoded", "attribute.value", "constant")));
        mappers.add(new Mapper(
                "oidc-username-idp-mapper",
                Map.of("template", "${ALIAS}.${CLAIM.preferred_username}", "target", "LOCAL")));
        for (String document : DOCUMENTS) {
            mappers.add(new Mapper(
                    "oidc-user-attribute-idp-mapper",
                    Map.of("claim", "attribute_" + document, "user.attribute", "attribute_" + document)));
            mappers.add(new Mapper(
                    "oidc-user-session-note-idp-mapper",
                    Map.of(
                            "claims",
                            "[{\"key\":\"note_" + document + "\",\"value\":\".*\"}]",
                            "are.claim.values.regex",
                            "true")));
            mappers.add(new Mapper(
                    "oidc-role-idp-mapper",
                    Map.of("claim", "role_" + document, "claim.value", "yes", "role", "role_" + document)));
            mappers.add(new Mapper(
                    "oidc-advanced-role-idp-mapper",
                    Map.of("claims", claims("role_" + document), "role", "advanced_" + document)));
            mappers.add(new Mapper(
                    "oidc-advanced-group-idp-mapper",
                    Map.of("claims", claims("group_" + document), "group", "/group_" + document)));
        }
        if (type.equals("keycloak-oidc")) {
            mappers.add(new Mapper(
                    "keycloak-oidc-role-to-role-idp-mapper", Map.of("external.role", "external", "role", "external")));
        }
        return mappers;
    }

    private static String claims(String claim) {
        return "[{\"key\":\"" + claim + "\",\"value\":\"yes\"}]";
    }

    private static void provider(OwnRealm realm, String alias, String type, String mode) {
        ObjectNode representation = JsonNodeFactory.instance.objectNode();
        representation.put("alias", alias).put("providerId", type).put("enabled", true);
        ObjectNode config = representation.putObject("config");
        provider.settings().forEach(config::put);
        config.put("syncMode", mode).put("exchangeClients", CLIENT).put("isAccessTokenJWT", "true");
        realm.admin().createIdentityProvider(representation);
        mappers(type).forEach(mapper -> realm.mapper(alias, mapper.type(), "INHERIT", mapper.config()));
    }

    private static OwnRealm realm() {
        OwnRealm realm = OwnRealm.create(settings -> settings.put("eventsEnabled", true));
        ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
        realm.admin().put("/users/profile", profile.put("unmanagedAttributePolicy", "ENABLED"));
        List<String> roles = new ArrayList<>(List.of("hardcoded", "external"));
        List<String> notes = new ArrayList<>(List.of("hardcoded"));
        realm.admin().post("/groups", Map.of("name", "hardcoded"));
        for (String document : DOCUMENTS) {
            roles.addAll(List.of("role_" + document, "advanced_" + document));
            notes.add("note_" + document);
            realm.admin().post("/groups", Map.of("name", "group_" + document));
        }
        roles.forEach(role -> realm.admin().post("/roles", Map.of("name", role)));
        realm.admin()
                .createClient(Map.of(
                        "clientId",
                        CLIENT,
                        "publicClient",
                        true,
                        "redirectUris",
                        List.of("*"),
                        "protocolMappers",
                        notes.stream().map(TwoWaysIT::noteInToken).toList()));
        return realm;
    }

    private static Map<String, Object> noteInToken(String note) {
        return Map.of(
                "name",
                "note-" + note,
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-usersessionmodel-note-mapper",
                "config",
                Map.of(
                        "user.session.note",
                        note,
                        "claim.name",
                        "session_" + note,
                        "access.token.claim",
                        "true",
                        "jsonType.label",
                        "String"));
    }

    // what is left

    /** What one login leaves, by what did it and where it was said: {@code attribute mapper/info}. */
    private static final class Way {
        final Map<String, String> browser;
        final Map<String, String> exchange;
        private final Map<OwnRealm, Answer> answers = new LinkedHashMap<>();

        private Way(Answer browser, Answer exchange) {
            answers.put(browsed, browser);
            answers.put(exchanged, exchange);
            this.browser = left(browsed, browser);
            this.exchange = left(exchanged, exchange);
        }

        static Way of(String subject, String alias, Kind kind) {
            Answer browser = new BrowserLogin(browsed.tokens(), provider.url()).signIn(CLIENT, alias, subject);
            Answer exchange = exchange(subject, alias, kind).send();
            assertThat(browser.status()).as(browser.body()).isEqualTo(200);
            assertThat(exchange.status()).as(exchange.body()).isEqualTo(200);
            return new Way(browser, exchange);
        }

        private static TokenRequest exchange(String subject, String alias, Kind kind) {
            TokenRequest request = exchanged.tokens().exchange(alias).as(CLIENT).scope("openid");
            return switch (kind) {
                case CODE ->
                    request.type(TokenType.AUTHORIZATION_CODE)
                            .subjectToken(provider.code(subject))
                            .param("redirect_uri", "http://localhost/callback");
                case ACCESS_TOKEN -> request.type(TokenType.ACCESS_TOKEN).subjectToken(provider.accessToken(subject));
                case ID_TOKEN -> request.type(TokenType.ID_TOKEN).subjectToken(provider.idToken(subject, null));
                case ID_TOKEN_WITH_ACCESS_TOKEN ->
                    request.type(TokenType.ID_TOKEN)
                            .subjectToken(provider.idToken(subject, null))
                            .param("access_token", provider.accessToken(subject));
            };
        }

        String verdict(String effect) {
            return difference(effect).isEmpty() ? "equal" : exchange.containsKey(effect) ? "differs" : "not told";
        }

        String difference(String effect) {
            String one = browser.get(effect);
            String other = exchange.get(effect);
            return Objects.equals(one, other) ? "" : "[browser " + one + ", exchange " + other + "] ";
        }

        /** Notes are a session's own, and last as long. */
        boolean keeps(String effect) {
            return effect.startsWith("session note") || difference(effect).isEmpty();
        }

        JsonNode user(OwnRealm realm) {
            ObjectNode user = (ObjectNode) realm.user(answers.get(realm));
            ObjectNode compared = user.objectNode();
            for (String field : List.of("username", "email", "emailVerified", "firstName", "lastName", "enabled")) {
                compared.set(field, user.path(field));
            }
            compared.set(
                    "links", realm.admin().federatedIdentities(user.path("id").asText()));
            compared.set(
                    "auth_time",
                    compared.booleanNode(answers.get(realm).claims().has("auth_time")));
            compared.set("acr", answers.get(realm).claims().path("acr"));
            return compared;
        }

        private static Map<String, String> left(OwnRealm realm, Answer answer) {
            String id = answer.claims().path("sub").asText();
            JsonNode user = realm.admin().user(id);
            Map<String, String> left = new TreeMap<>();
            left.put("user name/", user.path("username").asText());
            left.put("given name/", user.path("firstName").asText());
            left.put(
                    "hardcoded attribute/",
                    user.path("attributes").path("hardcoded").toString());
            left.put(
                    "session note, hardcoded/",
                    answer.claims().path("session_hardcoded").asText());
            Set<String> roles = names(realm.admin().get("/users/" + id + "/role-mappings/realm"));
            Set<String> groups = names(realm.admin().get("/users/" + id + "/groups"));
            left.put("hardcoded role/", String.valueOf(roles.contains("hardcoded")));
            left.put("external role to role/access", String.valueOf(roles.contains("external")));
            left.put("hardcoded group/", String.valueOf(groups.contains("hardcoded")));
            for (String document : DOCUMENTS) {
                left.put(
                        "attribute/" + document,
                        user.path("attributes").path("attribute_" + document).toString());
                left.put(
                        "session note/" + document,
                        answer.claims().path("session_note_" + document).asText());
                left.put("claim to role/" + document, String.valueOf(roles.contains("role_" + document)));
                left.put("advanced claim to role/" + document, String.valueOf(roles.contains("advanced_" + document)));
                left.put("advanced claim to group/" + document, String.valueOf(groups.contains("group_" + document)));
            }
            return left;
        }

        private static Set<String> names(JsonNode list) {
            Set<String> names = new TreeSet<>();
            StreamSupport.stream(list.spliterator(), false)
                    .forEach(entry -> names.add(entry.path("name").asText()));
            return names;
        }
    }

    private static String document(String effect) {
        return effect.substring(effect.indexOf('/') + 1);
    }
}
