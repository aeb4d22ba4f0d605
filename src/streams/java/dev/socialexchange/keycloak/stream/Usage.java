package dev.socialexchange.keycloak.stream;

/** What {@code --help} says. */
final class Usage {
    static final String TEXT =
            """
            Usage: java -jar social-exchange-streams.jar TASK (--google FILE | --transmitter ISSUER) [options]

            Has Google, or any transmitter of OpenID Shared Signals, tell a Keycloak realm what happens to people's accounts.

            TASK
              create               make the stream, and compare what comes of it with what was asked for
              read                 show it, and compare
              update               change where signals go, or which
              verify               have the transmitter try it out
              stop, start          tell nothing, for now; tell again
              delete               end it (Google: stop)

            Whose stream
              --google FILE        of the service account's Google project (JSON key, role RISC Configuration Admin).
                                   The key stays on this machine: it signs a token for the RISC API, good for an hour
              --transmitter ISSUER of this issuer, as it stands in its tokens
              --client ID          who asks it: a client of its own; the secret in SOCIAL_EXCHANGE_STREAMS_SECRET
                                   without it: an access token in SOCIAL_EXCHANGE_STREAMS_TOKEN
              --scope SCOPES       of the access token; Keycloak: 'ssf.read ssf.manage'
              --token-endpoint URL where it issues tokens, if its OpenID configuration does not say so
              --stream ID          if the client has several

            What is asked for
              --receiver URL       where the realm listens: GET /admin/realms/REALM/social-exchange/signals lists it
              --poll               nobody sends: the realm fetches (exchangeSignalsPoll)
              --events A,B         such as risc/account-disabled, or whole URIs; otherwise those that realms know
              --audience A,B       what the realm takes as aud: the provider's client ID and further ones. Is compared
              --state TEXT         of verify; comes back in the signal

              --dry-run            print the requests, without what is secret in them, and send none; public documents of
                                   the transmitter are read
              --google-api URL     in place of Google's: a simulator's

            Ends with 0 if all is as asked for, 1 if something differs, 2 if the request makes no sense, and 3 if the
            transmitter cannot be reached or does not want to.

            An authority or a proxy of your own is named to Java, before -jar: -Djavax.net.ssl.trustStore=FILE,
            -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT
            """;

    private Usage() {}
}
