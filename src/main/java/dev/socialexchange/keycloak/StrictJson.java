package dev.socialexchange.keycloak;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All JSON that comes from outside, and all that is stored, is read here: one document in UTF-8 (RFC 8259) in which no name
 * comes twice (RFC 8725 §2.6: two readers would see two documents), and nothing is so long, deep or large that working with
 * it would cost much. Numbers keep all their digits.
 */
public final class StrictJson {
    /** More than a provider's answer may have, since a little is added to what is stored of it. */
    private static final int MAX_CHARACTERS = 512 * 1024;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME = 1024;
    private static final int MAX_NUMBER = 100;

    /** Jackson (2.21) makes a number of any exponent, which fails, or takes gigabytes once somebody asks for its value. */
    private static final Pattern NUMBER = Pattern.compile("[^eE]+([eE][+-]?\\d{1,3})?");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_CHARACTERS)
                    .maxNameLength(MAX_NAME)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // strangers' names would fill a table that all share
            .build();

    private static final ObjectMapper MAPPER =
            new ObjectMapper(FACTORY).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private StrictJson() {}

    /** Empty if it cannot be read. */
    public static Optional<JsonNode> read(byte[] json) {
        return read(json, StandardCharsets.UTF_8);
    }

    /** Of servers from before RFC 8259, which may write it in UTF-16 as well (RFC 4627 §3). Empty if it cannot be read. */
    public static Optional<JsonNode> readOfOldServer(byte[] json) {
        boolean bigEndian = json.length > 1 && (json[0] == 0 || json[0] == (byte) 0xfe && json[1] == (byte) 0xff);
        boolean littleEndian = json.length > 1 && (json[1] == 0 || json[0] == (byte) 0xff && json[1] == (byte) 0xfe);
        return read(
                json,
                bigEndian
                        ? StandardCharsets.UTF_16BE
                        : littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    }

    private static Optional<JsonNode> read(byte[] json, Charset charset) {
        try {
            return read(charset.newDecoder().decode(ByteBuffer.wrap(json)).toString());
        } catch (CharacterCodingException ofAnother) {
            return Optional.empty();
        }
    }

    /** Empty if it cannot be read. */
    public static Optional<JsonNode> read(String json) {
        if (json.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try (JsonParser parser = new Bounded(FACTORY.createParser(withoutByteOrderMark(json)))) {
            JsonNode node = MAPPER.readTree(parser);
            return node == null || node.isMissingNode() || parser.nextToken() != null
                    ? Optional.empty()
                    : Optional.of(node);
        } catch (IOException | ArithmeticException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static String withoutByteOrderMark(String json) {
        return json.startsWith("\ufeff") ? json.substring(1) : json;
    }

    /** Looks at numbers before they become any. */
    private static final class Bounded extends JsonParserDelegate {

        Bounded(JsonParser parser) {
            super(parser);
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (token == JsonToken.VALUE_NUMBER_FLOAT
                    && !NUMBER.matcher(getText()).matches()) {
                throw new StreamConstraintsException("a number's exponent has more than three digits");
            }
            return token;
        }
    }
}
