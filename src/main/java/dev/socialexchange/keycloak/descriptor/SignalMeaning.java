package dev.socialexchange.keycloak.descriptor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which neutral events a signal is. */
public sealed interface SignalMeaning permits SignalMeaning.Constant, SignalMeaning.Typed {

    /** Nothing else is ever said at this address. */
    @ChosenBy("event")
    record Constant(
            @Key(
                            value = "What it is, where nothing else is ever said at this address; or type is given",
                            required = true)
                    NeutralEvent event)
            implements SignalMeaning {

        @Override
        public Stream<NeutralEvent> all() {
            return Stream.of(event);
        }
    }

    /**
     * The signal says it.
     *
     * @param type where
     * @param reason what else decides, if it is there
     * @param events by type, or by type and reason with a space in between, which counts before the type alone; what is not
     *     among them is taken and means nothing
     */
    @ChosenBy("type")
    record Typed(
            @Key(value = "Where its type stands; or event is given", required = true) Pointers type,
            @Key("Where what else decides stands") Pointers reason,
            @Key(
                            value =
                                    "What it is, by type, or by type and reason with a space between them, which counts first. Any other type is taken, and means nothing",
                            required = true,
                            oneOrMore = true)
                    Map<String, List<NeutralEvent>> events)
            implements SignalMeaning {

        @Override
        public Stream<NeutralEvent> all() {
            return events.values().stream().flatMap(List::stream);
        }
    }

    /** All that it may be. */
    Stream<NeutralEvent> all();

    default boolean needsSubject() {
        return all().anyMatch(event -> !event.isAboutNobody());
    }
}
