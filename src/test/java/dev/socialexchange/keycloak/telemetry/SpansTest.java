package dev.socialexchange.keycloak.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import io.opentelemetry.api.internal.InstrumentationUtil;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpansTest {
    private final Kept kept = new Kept();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(kept))
            .build();
    private final Spans spans = new Spans(provider.get("test"));

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void oneWithinAnotherIsItsChild() {
        String answer = spans.around("proof", () -> spans.around("provider call", () -> "answer"));

        assertThat(answer).isEqualTo("answer");
        assertThat(kept.spans)
                .extracting(SpanData::getName)
                .containsExactly("social-exchange provider call", "social-exchange proof");
        assertThat(kept.spans.get(0).getParentSpanId())
                .isEqualTo(kept.spans.get(1).getSpanId());
        assertThat(Span.current()).as("afterwards").isSameAs(Span.getInvalid());
    }

    @Test
    void whatKeycloaksCodeWritesIntoTheCurrentSpanIsNotInOurs() {
        Span request = provider.get("keycloak").spanBuilder("request").startSpan();
        Runnable flow = () ->
                spans.beside("flow", () -> Span.current().setAttribute("kc.details.existing_email", "zoe@example.org"));
        Context.current().with(request).wrap(flow).run();
        request.end();

        SpanData ours = kept.spans.get(0);
        assertThat(ours.getName()).isEqualTo("social-exchange flow");
        assertThat(ours.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
        assertThat(ours.getAttributes().size()).isZero();
        assertThat(kept.spans.get(1).getAttributes().size())
                .as("of the request")
                .isEqualTo(1);
    }

    @Test
    void workOnAnotherThreadStaysPartOfTheRequest() {
        spans.around("proof", () -> CompletableFuture.supplyAsync(
                        spans.here(() -> spans.around("provider call", () -> "answer")))
                .join());

        assertThat(kept.spans.get(0).getParentSpanId())
                .isEqualTo(kept.spans.get(1).getSpanId());
    }

    @Test
    void aRefusalIsToldByItsReasonAlone() {
        ExchangeException refusal =
                ExchangeException.refuse(ExchangeError.TOKEN_INVALID, "zoe@example.org", "mapper of Zoë");

        assertThatThrownBy(() -> spans.around("proof", () -> {
                    throw refusal;
                }))
                .isSameAs(refusal);
        SpanData span = kept.spans.get(0);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatus().getDescription()).isEmpty();
        assertThat(span.getEvents()).isEmpty();
        assertThat(span.getAttributes().asMap().values()).hasToString("[token_invalid]");
    }

    @Test
    void whatSomebodyElsesCodeThrowsIsNotRepeated() {
        assertThatThrownBy(() -> spans.around("flow", () -> {
                    throw new IllegalStateException("Zoë's address is zoe@example.org");
                }))
                .isInstanceOf(IllegalStateException.class);

        SpanData span = kept.spans.get(0);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getEvents()).isEmpty();
        assertThat(span.getAttributes().isEmpty()).isTrue();
    }

    @Test
    void aCallThatLeavesTheHouseIsNotInstrumentedByAnybodyElse() {
        boolean within = spans.unseen(() -> InstrumentationUtil.shouldSuppressInstrumentation(Context.current()));

        assertThat(within).isTrue();
        assertThat(InstrumentationUtil.shouldSuppressInstrumentation(Context.current()))
                .as("afterwards")
                .isFalse();
    }

    private static final class Kept implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
