package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** {@code java -jar social-exchange-streams.jar}: has Google and other transmitters tell a realm what happens to people's accounts. */
public final class StreamCommand {
    static final String CLIENT_SECRET = "SOCIAL_EXCHANGE_STREAMS_SECRET";
    static final String TOKEN = "SOCIAL_EXCHANGE_STREAMS_TOKEN";
    private static final Set<String> HELP = Set.of("--help", "-h", "help");

    private final Function<String, String> environment;
    private final PrintStream output;
    private final PrintStream errors;
    private final InstantSource clock;

    StreamCommand(Function<String, String> environment, PrintStream output, PrintStream errors, InstantSource clock) {
        this.environment = environment;
        this.output = output;
        this.errors = errors;
        this.clock = clock;
    }

    public static void main(String... words) {
        // UTF-8 in whatever locale a CI job has
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new StreamCommand(System::getenv, output, errors, InstantSource.system())
                .run(words)
                .status());
    }

    Exit run(String... words) {
        if (Arrays.stream(words).anyMatch(HELP::contains)) {
            output.print(Usage.TEXT);
            return Exit.ALL_WELL;
        }
        try {
            return run(Arguments.parse(words));
        } catch (StreamFailure failure) {
            errors.println(failure.getMessage());
            if (failure.exit() == Exit.USAGE) {
                errors.println("--help says more");
            }
            return failure.exit();
        }
    }

    private Exit run(Arguments arguments) {
        EventStream stream = stream(arguments);
        return switch (arguments.task()) {
            case CREATE -> told(arguments, stream, stream.create());
            case UPDATE -> told(arguments, stream, stream.update());
            case READ -> told(arguments, stream, stream.read());
            case START, STOP -> {
                boolean start = arguments.task() == Arguments.Task.START;
                stream.enable(start);
                yield done(
                        arguments,
                        start ? "The stream is enabled." : "The stream is stopped: nothing is told any more.");
            }
            case VERIFY -> {
                String state = arguments.state().orElseGet(StreamCommand::random);
                stream.verify(state);
                yield done(
                        arguments,
                        "The transmitter will send a verification with the state " + state
                                + " within moments. The realm"
                                + " counts it in social_exchange_signals_total, with the event \"verification\"");
            }
            case DELETE -> {
                stream.delete();
                yield done(arguments, "The stream is gone.");
            }
        };
    }

    private EventStream stream(Arguments arguments) {
        Http http = new Http(arguments.dry(), output);
        if (arguments.google().isPresent()) {
            ServiceAccount account = ServiceAccount.read(arguments.google().get());
            return new GoogleStream(http, arguments, account.token(clock.instant()));
        }
        Transmitter transmitter =
                Transmitter.discovered(http, arguments.transmitter().orElseThrow());
        return new SharedSignalsStream(http, transmitter, arguments, token(transmitter, arguments));
    }

    private String token(Transmitter transmitter, Arguments arguments) {
        if (arguments.client().isEmpty()) {
            return secret(TOKEN)
                    .orElseThrow(() -> StreamFailure.usage("Who asks? --client, with its secret in " + CLIENT_SECRET
                            + ", or an access token of the transmitter's in " + TOKEN));
        }
        String secret = secret(CLIENT_SECRET)
                .orElseThrow(() ->
                        StreamFailure.usage("The client's secret belongs into the environment: " + CLIENT_SECRET));
        return transmitter.accessToken(arguments, secret);
    }

    private Optional<String> secret(String name) {
        return Optional.ofNullable(environment.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private Exit told(Arguments arguments, EventStream stream, Optional<JsonNode> answer) {
        if (answer.isEmpty()) {
            stream.status();
            return done(arguments, "");
        }
        JsonNode config = answer.get();
        output.println(Json.pretty(config).replaceAll("[\\p{C}&&[^\\n]]", "\uFFFD"));
        Optional<String> status = stream.status();
        output.println("status: " + Printable.of(status.orElse("the transmitter does not say")));
        List<String> differences = new Comparison(arguments).differences(config);
        differences.forEach(difference -> output.println("differs: " + Printable.of(difference)));
        boolean told = status.filter(now -> !now.equals("enabled")).isEmpty();
        if (!told) {
            output.println("differs: nothing is told while it is not enabled; start changes that");
        }
        return differences.isEmpty() && told ? Exit.ALL_WELL : Exit.DIFFERS;
    }

    private Exit done(Arguments arguments, String what) {
        output.println(arguments.dry() ? "Nothing was sent." : what);
        return Exit.ALL_WELL;
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
