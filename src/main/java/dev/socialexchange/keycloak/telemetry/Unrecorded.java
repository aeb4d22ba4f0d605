package dev.socialexchange.keycloak.telemetry;

/** Where nobody looks. */
class Unrecorded implements Recorder {

    @Override
    public void exchanged(Exchanged exchanged, long took) {
        // not counted
    }

    @Override
    public void proven(String type, String method) {
        // not counted
    }

    @Override
    public void called(String host, String outcome, long took) {
        // not counted
    }

    @Override
    public void waiting(int change) {
        // not counted
    }

    @Override
    public void waited(String outcome, long took) {
        // not counted
    }

    @Override
    public void shareRefused(String host, String cause) {
        // not counted
    }

    @Override
    public void keySetLoaded(String type, String outcome) {
        // not counted
    }

    @Override
    public void usedBefore(String what) {
        // not counted
    }

    @Override
    public void firstLogin(String type, String outcome) {
        // not counted
    }

    @Override
    public void continuation(String step) {
        // not counted
    }

    @Override
    public void drifted(String type, String what) {
        // not counted
    }

    @Override
    public Lately lately(String realm, String alias) {
        return Lately.NOTHING;
    }

    @Override
    public void throttled(String budget) {
        // not counted
    }
}
