package dev.socialexchange.keycloak.descriptor;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A signature that stands beside what it is of.
 *
 * @param by how it is made
 * @param secret whose; of no meaning where a public key verifies
 * @param text what is signed: {@code {body}} is the body byte for byte, a pointer in braces what stands there, and a word what
 *     {@code format} has found
 * @param place where the signature stands
 * @param format how it is written there
 * @param key what of the secret is the key
 * @param encrypted what stands in the body under the same key: one provider hides people's ids
 */
public record BodySignature(
        @Key(value = "How the signature is made; hmac-sha256 if not given", otherwise = "hmac-sha256") Algorithm by,
        @Key(
                        value =
                                "Which secret an HMAC is made with: the client's, if not given, or signals: the one in exchangeSignalsSecret",
                        otherwise = "client")
                Secret secret,
        @Key(
                        value =
                                "What is signed: {body} stands for the body, a pointer in braces for what stands there, {word} for what format has found",
                        otherwise = "\"{body}\"")
                String text,
        @Key(name = "at", value = "Where the signature stands, for example /header/x-signature", required = true)
                Pointers place,
        @Key(
                        value =
                                "How it is written there: {signature}, with what stands around it, and other words for what text needs",
                        otherwise = "\"{signature}\"")
                String format,
        @Key(value = "How its bytes are spelled; hex if not given", otherwise = "hex") Encoding encoding,
        @Key(value = "What the body is; json if not given", otherwise = "json") Body body,
        @Key(value = "What the key of an HMAC is: the secret, plain if not given, or its md5", otherwise = "plain")
                KeyForm key,
        @Key(
                        "Texts of the body that are encrypted with the same key (AES-128-CBC, in base64url, the initial vector first)")
                Pointers encrypted) {
    /** The word for the signature itself. */
    public static final String SIGNATURE = "signature";

    /** The word for all of the body. */
    public static final String WHOLE = "body";

    /** What is read out of a header, and what is put into the signed text. */
    public static final Pattern WORD = Pattern.compile("\\{([^{}]+)}");

    public enum Algorithm {
        HMAC_SHA256,
        /** By the public key in the setting {@code exchangeSignalsKey}. */
        ED25519
    }

    public enum Secret {
        CLIENT,
        /** One that is for signals alone. */
        SIGNALS
    }

    public enum KeyForm {
        PLAIN,
        /** As a provider has it; whatever MD5 is worth, nobody guesses the secret by it. */
        MD5
    }

    public enum Encoding {
        /** Of lower-case digits: another spelling is another signature. */
        HEX,
        BASE64,
        BASE64URL
    }

    public enum Body {
        JSON,
        FORM
    }

    public BodySignature {
        Set<String> found =
                WORD.matcher(format).results().map(word -> word.group(1)).collect(Collectors.toSet());
        if (!found.contains(SIGNATURE) || !found.stream().allMatch(word -> word.matches("[a-z0-9]{1,16}"))) {
            throw new IllegalArgumentException("format has {signature} in it, and words of a to z alone");
        }
        WORD.matcher(text)
                .results()
                .map(word -> word.group(1))
                .filter(word -> !word.equals(WHOLE) && !found.contains(word))
                .forEach(Pointers::of);
        if (!encrypted.isEmpty() && key != KeyForm.MD5) {
            throw new IllegalArgumentException("encrypted needs key: md5, which is as long as keys of AES-128 are");
        }
        if (place.all().size() != 1) {
            throw new IllegalArgumentException("at is one place");
        }
    }
}
