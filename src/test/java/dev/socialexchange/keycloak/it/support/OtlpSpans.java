package dev.socialexchange.keycloak.it.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Reads the spans of an OTLP export (opentelemetry-proto 1, {@code ExportTraceServiceRequest}), as far as tests look at them. */
final class OtlpSpans {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;

    private final List<TraceSpan> spans = new ArrayList<>();
    private String scope;

    private OtlpSpans() {}

    static List<TraceSpan> of(byte[] request) {
        OtlpSpans reader = new OtlpSpans();
        fields(request, (number, resourceSpans) -> {
            if (number == 1) {
                fields(resourceSpans, reader::resource);
            }
        });
        return reader.spans;
    }

    private void resource(int number, byte[] scopeSpans) {
        if (number == 2) {
            scope = "";
            fields(scopeSpans, (field, value) -> {
                if (field == 1) {
                    fields(value, (part, name) -> scope = part == 1 ? text(name) : scope);
                } else if (field == 2) {
                    span(value);
                }
            });
        }
    }

    private void span(byte[] message) {
        Map<Integer, byte[]> single = new TreeMap<>();
        Map<String, String> attributes = new TreeMap<>();
        Map<String, String> ofEvents = new TreeMap<>();
        fields(message, (number, value) -> {
            switch (number) {
                case 9 -> attribute(value, attributes);
                case 11 ->
                    fields(value, (field, part) -> {
                        if (field == 3) {
                            attribute(part, ofEvents);
                        }
                    });
                default -> single.put(number, value);
            }
        });
        Map<Integer, byte[]> status = new TreeMap<>();
        fields(single.getOrDefault(15, new byte[0]), status::put);
        spans.add(new TraceSpan(
                scope,
                hex(single.get(1)),
                hex(single.get(2)),
                hex(single.get(4)),
                text(single.get(5)),
                attributes,
                ofEvents,
                !text(status.get(3)).isEmpty() && status.get(3)[0] == 2,
                text(status.get(2))));
    }

    private static void attribute(byte[] keyValue, Map<String, String> attributes) {
        Map<Integer, byte[]> pair = new TreeMap<>();
        fields(keyValue, pair::put);
        StringBuilder value = new StringBuilder();
        fields(pair.getOrDefault(2, new byte[0]), (kind, any) -> value.append(kind == 1 ? text(any) : hex(any)));
        attributes.put(text(pair.get(1)), value.toString());
    }

    /** Numbers are given as the bytes that they are on the wire. */
    private static void fields(byte[] message, BiConsumer<Integer, byte[]> field) {
        ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            long tag = varint(buffer);
            int length =
                    switch ((int) (tag & 7)) {
                        case VARINT -> {
                            buffer.mark();
                            int start = buffer.position();
                            varint(buffer);
                            int taken = buffer.position() - start;
                            buffer.reset();
                            yield taken;
                        }
                        case EIGHT_BYTES -> 8;
                        case BYTES -> (int) varint(buffer);
                        case FOUR_BYTES -> 4;
                        default -> throw new IllegalStateException("no protocol buffer");
                    };
            byte[] value = new byte[length];
            buffer.get(value);
            field.accept((int) (tag >>> 3), value);
        }
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = buffer.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static String text(byte[] value) {
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    private static String hex(byte[] value) {
        return value == null ? "" : HexFormat.of().formatHex(value);
    }
}
