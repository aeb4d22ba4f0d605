package dev.socialexchange.keycloak.it.support;

import dasniko.testcontainers.keycloak.ExtendableKeycloakContainer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.utility.MountableFile;

/** The image with the options of a run, listening where the tests expect it. */
final class HostNetworkContainer extends ExtendableKeycloakContainer<HostNetworkContainer> {

    static final String HOME = "/opt/keycloak/";
    private static final int READABLE = 0644;
    private static final int WRITABLE = 0777;

    private final ServerOptions options;
    private final FreePorts ports;
    private final List<String> truststores = new ArrayList<>();

    HostNetworkContainer(String image, ServerOptions options, FreePorts ports) {
        super(image);
        this.options = options;
        this.ports = ports;
        withNetworkMode("host");
        waitingFor(new ContainerReadiness(URI.create("http://localhost:" + ports.management()))
                .withStartupTimeout(Duration.ofMinutes(6)));
        options.truststores.forEach(this::addTruststore);
    }

    /** Folders, not files: a file would leave its missing parents to root, and the server writes to its data folder. */
    void add(ServerHome home) {
        for (String folder : List.of("providers", "data")) {
            withCopyFileToContainer(MountableFile.forHostPath(home.path().resolve(folder), WRITABLE), HOME + folder);
        }
    }

    private void addTruststore(Path pem) {
        String target = "conf/trusted/" + truststores.size() + ".pem";
        copy(pem, target);
        truststores.add(HOME + target);
    }

    private void copy(Path file, String target) {
        withCopyFileToContainer(MountableFile.forHostPath(file, READABLE), HOME + target);
    }

    @Override
    protected void configure() {
        super.configure();
        setExposedPorts(List.of());
        ServerCommand.environment(options).forEach(this::addEnv);
        setCommand(ServerCommand.startInContainer(options, ports, truststores).toArray(String[]::new));
    }
}
