package dev.socialexchange.keycloak.simulator;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/** As much of DER (X.690) as a certificate takes; the JDK reads certificates and signs, but does not write them. */
final class Der {

    static final byte[] TRUE = of(0x01, new byte[] {(byte) 0xff});

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return of(0x30, parts);
    }

    static byte[] integer(BigInteger value) {
        return of(0x02, value.toByteArray());
    }

    static byte[] octets(byte[] content) {
        return of(0x04, content);
    }

    /** @param unused how many bits at the end of the last byte do not count */
    static byte[] bits(int unused, byte... content) {
        return of(0x03, new byte[] {(byte) unused}, content);
    }

    /** @param time before 2050 */
    static byte[] time(Instant time) {
        return of(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier from its numbers with dots. */
    static byte[] identifier(String dotted) {
        int[] numbers =
                Stream.of(dotted.split("[.]")).mapToInt(Integer::parseInt).toArray();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(numbers[0] * 40 + numbers[1]);
        for (int i = 2; i < numbers.length; i++) {
            int sevens = Math.max(1, (38 - Integer.numberOfLeadingZeros(numbers[i])) / 7);
            for (int shift = 7 * (sevens - 1); shift >= 0; shift -= 7) {
                content.write(numbers[i] >>> shift & 0x7f | (shift == 0 ? 0 : 0x80));
            }
        }
        return of(0x06, content.toByteArray());
    }

    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Stream.of(parts).forEach(content::writeBytes);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        byte[] length = BigInteger.valueOf(content.size()).toByteArray();
        if (content.size() > 0x7f) {
            int zero = length[0] == 0 ? 1 : 0;
            whole.write(0x80 | length.length - zero);
            whole.write(length, zero, length.length - zero);
        } else {
            whole.writeBytes(length);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
