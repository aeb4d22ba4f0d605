package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.descriptor.BodySignature;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.SignalHandshake;
import dev.socialexchange.keycloak.descriptor.SignalProof;
import dev.socialexchange.keycloak.descriptor.SignalRules;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.regex.Matcher;

/**
 * Answers a provider that wants to know whose an address is. Only plain words are answered: no browser makes a page of them, and
 * none of them, signed, is what a provider signs as a signal.
 */
final class HandshakeAnswer {
    private static final String PLAIN = "[A-Za-z0-9_.=-]{1,512}";

    private final Surroundings surroundings;
    private final ExchangeIdentityProvider provider;
    private final SignalRules rules;
    private final JsonNode content;

    HandshakeAnswer(Surroundings surroundings, ExchangeIdentityProvider provider, SignalRules rules, JsonNode content) {
        this.surroundings = surroundings;
        this.provider = provider;
        this.rules = rules;
        this.content = content;
    }

    Heard to(SignalHandshake handshake) {
        if (!handshake.echo().isEmpty()) {
            return new Heard.Asked(handshake.status(), "text/plain", word(handshake.echo()));
        }
        if (handshake.json().isEmpty()) {
            return new Heard.Asked(handshake.status(), "application/json", "");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        handshake.json().forEach((name, template) -> answer.put(name, filled(template)));
        return new Heard.Asked(handshake.status(), "application/json", answer.toString());
    }

    private String filled(String template) {
        return BodySignature.WORD
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String word) {
        return word.startsWith(SignalHandshake.SIGNED)
                ? signed(word(Pointers.of(word.substring(SignalHandshake.SIGNED.length()))))
                : word(Pointers.of(word));
    }

    private String signed(String word) {
        BodySignature signature = ((SignalProof.Signed) rules.proof()).signature();
        byte[] key = new SignalSecrets(surroundings, provider).of(signature).get(0);
        return Digests.hmacSha256Hex(key, word);
    }

    private String word(Pointers at) {
        String found = at.text(content).orElse("");
        if (!found.matches(PLAIN)) {
            throw SignalRefusal.malformed("challenge_not_plain");
        }
        return found;
    }
}
