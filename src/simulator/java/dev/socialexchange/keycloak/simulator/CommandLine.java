package dev.socialexchange.keycloak.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

/**
 * The simulator on its own.
 *
 * @param bind the address to listen on
 * @param proxyCertificate where to write the certificate of the CONNECT proxy's authority; null means no proxy
 */
record CommandLine(int port, String bind, Path proxyCertificate) {

    private static final String USAGE =
            """
            Usage: [--port 8899] [--bind localhost] [--proxy-ca FILE]
              --port      plain HTTP port, 0 for any free one
              --bind      address to listen on; 0.0.0.0 lets containers in
              --proxy-ca  start the CONNECT proxy as well, and write its authority's certificate (PEM) to FILE""";

    /** @throws IllegalArgumentException with the usage, if the arguments make no sense */
    static CommandLine parse(String... arguments) {
        int port = 8899;
        String bind = "localhost";
        Path proxyCertificate = null;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(USAGE);
            }
            String value = rest.next();
            switch (option) {
                case "--port" -> port = port(value);
                case "--bind" -> bind = value;
                case "--proxy-ca" -> proxyCertificate = Path.of(value);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        return new CommandLine(port, bind, proxyCertificate);
    }

    Simulator start() throws UnknownHostException {
        return Simulator.start(InetAddress.getByName(bind), port);
    }

    private static int port(String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException(USAGE);
        }
        return Integer.parseInt(value);
    }
}
