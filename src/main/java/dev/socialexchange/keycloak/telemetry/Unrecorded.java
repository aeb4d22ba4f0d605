package dev.socialexchange.keycloak.telemetry;

/** Where nobody looks, and nothing is counted. */
class Unrecorded implements Recorder {

    @Override
    public void exchanged(Exchanged exchanged, long took) {}

    @Override
    public void proven(String type, String method) {}

    @Override
    public void called(String host, String outcome, long took) {}

    @Override
    public void waiting(int change) {}

    @Override
    public void waited(String outcome, long took) {}

    @Override
    public void shareRefused(String host, String cause) {}

    @Override
    public void keySetLoaded(String type, String outcome) {}

    @Override
    public void usedBefore(String what) {}

    @Override
    public void firstLogin(String type, String outcome) {}

    @Override
    public void continuation(String step) {}

    @Override
    public void drifted(String type, String what) {}

    @Override
    public void signal(String type, String event, String outcome) {}

    @Override
    public void revocation(String type, String outcome) {}

    @Override
    public void arrived(String source) {}

    @Override
    public Lately lately(String realm, String alias) {
        return Lately.NOTHING;
    }

    @Override
    public void throttled(String budget) {}
}
