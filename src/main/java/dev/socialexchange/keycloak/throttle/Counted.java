package dev.socialexchange.keycloak.throttle;

import dev.socialexchange.keycloak.net.Caller;

/** What a limit is for. */
sealed interface Counted {

    String realm();

    /** Constants, for events. */
    String what();

    /** Client id. */
    String client();

    /** As in {@link Caller}; empty for what is not about an address. */
    String network();

    /** Whoever tries in vain from one address. */
    record Failures(Caller caller) implements Counted {
        @Override
        public String realm() {
            return caller.realm();
        }

        @Override
        public String what() {
            return "failures";
        }

        @Override
        public String client() {
            return caller.client();
        }

        @Override
        public String network() {
            return caller.network();
        }
    }

    /** Whoever has shown a good token from one address; kept for who comes first where there are too many. */
    record Successes(Caller caller) implements Counted {
        @Override
        public String realm() {
            return caller.realm();
        }

        @Override
        public String what() {
            return "successes";
        }

        @Override
        public String client() {
            return caller.client();
        }

        @Override
        public String network() {
            return caller.network();
        }
    }

    /** Whoever comes to a door, from one address. */
    record Visits(String door, Caller caller) implements Counted {
        @Override
        public String realm() {
            return caller.realm();
        }

        @Override
        public String what() {
            return door;
        }

        @Override
        public String client() {
            return caller.client();
        }

        @Override
        public String network() {
            return caller.network();
        }
    }

    /** Our app at a provider, as far as one client of the realm uses it. */
    record Calls(String realm, String provider, String client) implements Counted {
        @Override
        public String what() {
            return "calls";
        }

        @Override
        public String network() {
            return "";
        }
    }
}
