package dev.socialexchange.keycloak.door;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;

/**
 * What a front end posts to a provider's own address: the token under the name that it has, and all else as at the token endpoint. A form, or
 * the same as one JSON object.
 */
public final class LoginForm {
    /** By the parameter that holds it: of two, the first here is the subject token. */
    private static final List<Map.Entry<String, TokenKind>> KINDS = List.of(
            entry(OAuth2Constants.ID_TOKEN, TokenKind.ID_TOKEN),
            entry(OAuth2Constants.CODE, TokenKind.AUTHORIZATION_CODE),
            entry("signed_data", TokenKind.SIGNED_DATA),
            entry(OAuth2Constants.ACCESS_TOKEN, TokenKind.ACCESS_TOKEN));

    private static final Set<String> TOKENS =
            KINDS.stream().map(Map.Entry::getKey).collect(Collectors.toUnmodifiableSet());

    /** What the address says, or the name of the token. */
    private static final List<String> SAID_ALREADY = List.of(
            OAuth2Constants.GRANT_TYPE,
            OAuth2Constants.SUBJECT_ISSUER,
            OAuth2Constants.SUBJECT_TOKEN,
            OAuth2Constants.SUBJECT_TOKEN_TYPE);

    /** What says who asks. */
    private static final List<String> CLIENT = List.of(
            OAuth2Constants.CLIENT_ID,
            OAuth2Constants.CLIENT_SECRET,
            OAuth2Constants.CLIENT_ASSERTION,
            OAuth2Constants.CLIENT_ASSERTION_TYPE);

    private LoginForm() {}

    /**
     * @param form as it was sent
     * @return the token endpoint's form
     * @throws ExchangeException if it holds no token, or more than one
     */
    public static MultivaluedMap<String, String> exchange(String alias, MultivaluedMap<String, String> form) {
        SAID_ALREADY.stream().filter(form::containsKey).findFirst().ifPresent(said -> {
            throw SubmissionParameters.invalid(said + " is for the token endpoint");
        });
        SingleParameters.of(form, TOKENS, Set.of(OAuth2Constants.AUDIENCE));
        List<Map.Entry<String, TokenKind>> held =
                KINDS.stream().filter(kind -> form.containsKey(kind.getKey())).toList();
        if (held.isEmpty()) {
            throw SubmissionParameters.missing("one of "
                    + KINDS.stream().map(Map.Entry::getKey).collect(Collectors.joining(", ")) + " is missing");
        }
        held.stream()
                .skip(1)
                .filter(other -> !goesAlong(held.get(0).getValue(), other.getValue()))
                .findFirst()
                .ifPresent(other -> {
                    throw SubmissionParameters.invalid(
                            held.get(0).getKey() + " and " + other.getKey() + " cannot be sent together");
                });
        MultivaluedMap<String, String> exchange = asking(alias, form);
        form.forEach(exchange::putIfAbsent);
        exchange.putSingle(
                OAuth2Constants.SUBJECT_TOKEN_TYPE,
                SubmissionParameters.type(held.get(0).getValue()));
        exchange.put(OAuth2Constants.SUBJECT_TOKEN, exchange.remove(held.get(0).getKey()));
        return exchange;
    }

    private static boolean goesAlong(TokenKind token, TokenKind other) {
        return other == TokenKind.ACCESS_TOKEN || token == TokenKind.ID_TOKEN && other == TokenKind.AUTHORIZATION_CODE;
    }

    /** An exchange that says who asks for what provider, and nothing else. */
    public static MultivaluedMap<String, String> asking(String alias, MultivaluedMap<String, String> form) {
        MultivaluedMap<String, String> exchange = new MultivaluedHashMap<>();
        CLIENT.stream().filter(form::containsKey).forEach(name -> exchange.put(name, form.get(name)));
        exchange.putSingle(OAuth2Constants.GRANT_TYPE, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);
        exchange.putSingle(OAuth2Constants.SUBJECT_ISSUER, alias);
        return exchange;
    }

    /**
     * One JSON object as a form: {@code null} is nothing, and an object, such as Apple's {@code user}, is its text.
     *
     * @throws ExchangeException if it is none
     */
    public static MultivaluedMap<String, String> ofJson(byte[] json) {
        JsonNode object = StrictJson.read(json)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> SubmissionParameters.invalid("The body is no JSON object"));
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        object.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isArray()) {
                value.forEach(one -> form.add(member.getKey(), text(one)));
            } else if (!value.isNull()) {
                form.add(member.getKey(), text(value));
            }
        });
        return form;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
