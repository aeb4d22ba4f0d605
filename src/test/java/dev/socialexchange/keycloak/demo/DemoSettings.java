package dev.socialexchange.keycloak.demo;

/**
 * What the command line says.
 *
 * @param port of the front-end page: {@code -Ddemo.port}
 * @param once end after the transcript: {@code -Ddemo.once}
 */
record DemoSettings(int port, boolean once) {

    private static final int DEFAULT_PORT = 8090;

    static DemoSettings fromSystemProperties() {
        String once = System.getProperty("demo.once");
        return new DemoSettings(
                Integer.getInteger("demo.port", DEFAULT_PORT), once != null && !once.equalsIgnoreCase("false"));
    }

    String pageUrl() {
        return "http://localhost:" + port;
    }
}
