package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Identity;
import dev.socialexchange.keycloak.descriptor.IdentityPointers;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a provider has said about a person, after it was proven that it said so to our app. Plain data, fit for any session. */
public sealed interface Evidence {

    /** The document that the identity's pointers are read from. */
    JsonNode document();

    /** Documents beside it, by the descriptor's names. */
    default Map<String, JsonNode> further() {
        return Map.of();
    }

    /** Whether the document is an id token's claims, in which names may mean something else than in a profile. */
    default boolean ofIdToken() {
        return false;
    }

    /** The claims of all verified tokens that count by themselves, since the provider has not been asked about them: whichever of them is read. */
    default Stream<JsonNode> unasked() {
        return Stream.empty();
    }

    /** When the oldest of those was issued, in seconds since the epoch: what a signal has revoked does not count again beside something younger. */
    default OptionalLong issuedAt() {
        return unasked()
                .map(claims -> claims.path("iat"))
                .filter(JsonNode::canConvertToLong)
                .mapToLong(JsonNode::asLong)
                .min();
    }

    /** The places for this kind of document: what another kind may carry under the same names is not the same. */
    default IdentityPointers placesIn(Descriptor descriptor) {
        return ofIdToken()
                ? descriptor.identity().inIdToken()
                : descriptor.identity().profile();
    }

    /** How addresses are listed beside this kind of document; empty if they stand in it. */
    default Optional<Identity.EmailList> emailsBeside(Descriptor descriptor) {
        return ofIdToken() && descriptor.identity().idToken().isPresent()
                ? Optional.empty()
                : descriptor.identity().emails();
    }

    /**
     * The claims of a verified id token.
     *
     * @param accessTokenClaims of the verified JWT access token that came with it, where it is read, else {@code null}
     * @param beside of another verified token that counts by itself: the id token that was sent along with the code which this one came of, or an access token
     *     that nothing but the person binds to this one; else {@code null}
     */
    record IdTokenClaims(JsonNode document, JsonNode accessTokenClaims, JsonNode beside) implements Evidence {

        public IdTokenClaims(JsonNode document, JsonNode accessTokenClaims) {
            this(document, accessTokenClaims, null);
        }

        public IdTokenClaims(JsonNode document) {
            this(document, null);
        }

        @Override
        public Stream<JsonNode> unasked() {
            return Stream.of(document, beside).filter(Objects::nonNull);
        }

        @Override
        public boolean ofIdToken() {
            return true;
        }
    }

    /**
     * The fields of data whose signature was verified.
     *
     * @param signed when, in seconds since the epoch
     */
    record SignedData(JsonNode document, long signed) implements Evidence {

        @Override
        public OptionalLong issuedAt() {
            return OptionalLong.of(signed);
        }
    }

    /**
     * With names that came beside what was proven, and that nobody has vouched for: fit to greet somebody and for nothing
     * else.
     *
     * @param givenName or {@code null}
     * @param familyName or {@code null}
     */
    record WithUnsignedNames(Evidence proven, String givenName, String familyName) implements Evidence {

        @Override
        public JsonNode document() {
            return proven.document();
        }

        @Override
        public Map<String, JsonNode> further() {
            return proven.further();
        }

        @Override
        public boolean ofIdToken() {
            return proven.ofIdToken();
        }

        @Override
        public Stream<JsonNode> unasked() {
            return proven.unasked();
        }

        @Override
        public OptionalLong issuedAt() {
            return proven.issuedAt();
        }
    }

    /**
     * The profile that an access token opens.
     *
     * @param accessTokenClaims of a verified JWT access token, else {@code null}
     * @param idTokenClaims of the verified id token that came with it, else {@code null}
     * @param beside of another verified token that counts by itself: the id token that was sent along with the code which the access token came of, or the
     *     access token, where nobody has opened a profile with it; else {@code null}
     */
    record Profile(
            JsonNode document,
            Map<String, JsonNode> further,
            JsonNode accessTokenClaims,
            JsonNode idTokenClaims,
            JsonNode beside)
            implements Evidence {

        public Profile(
                JsonNode document, Map<String, JsonNode> further, JsonNode accessTokenClaims, JsonNode idTokenClaims) {
            this(document, further, accessTokenClaims, idTokenClaims, null);
        }

        /** What a verified access token says itself, of which the provider has said nothing. */
        public static Profile ofTokenAlone(JsonNode claims) {
            return new Profile(claims, Map.of(), claims, null, claims);
        }

        /** The same with the verified id token that came with the access token. */
        public Profile with(JsonNode idToken) {
            return new Profile(document, further, accessTokenClaims, idToken, beside);
        }

        @Override
        public Stream<JsonNode> unasked() {
            return Stream.of(idTokenClaims, beside).filter(Objects::nonNull);
        }

        public static Profile of(JsonNode document, Map<String, JsonNode> further) {
            return new Profile(document, further, null, null);
        }
    }
}
