package dev.socialexchange.keycloak.command;

/** What {@code --help} says. */
final class Usage {
    static final String TEXT =
            """
            Usage: java -jar social-exchange-doctor.jar --server URL --realm REALM [options]

            Checks the social providers of a Keycloak realm, and tries tokens without logging anybody in.

              --server URL         Keycloak's address, https://…; with its path, if it has one
              --realm REALM        the realm to look at
              --provider ALIAS     this provider alone; otherwise all that are enabled and open for a client

            Who looks; an account of the realm with view-identity-providers and manage-identity-providers
              --client ID          a client with a service account; its secret in SOCIAL_EXCHANGE_DOCTOR_SECRET
              --user NAME          a user; the password in SOCIAL_EXCHANGE_DOCTOR_PASSWORD, or else it is asked for
                                   neither: an access token in SOCIAL_EXCHANGE_DOCTOR_TOKEN
              --login-realm REALM  where the client or the user is, if elsewhere: master for the server's administrators

            What would an exchange say? In place of the check; nobody is logged in, and nothing is used up
              --try FILE           a provider's token; - for standard input
              --kind KIND          what it is: id_token, access_token, jwt, authorization_code, signed_data
              --client-id ID       the realm's client to play
              --param NAME=VALUE   further parameter of the exchange, such as redirect_uri; NAME=@FILE reads a file,
                                   as it has to be for access_token, code_verifier, nonce and user
              --use-code           try an authorization code all the same: it is used up by that
              --check              check the provider as well
                                   --try with its --kind, and --param, may stand there more than once

            What is printed
              --verbose            details also where all is well, notes, and the claims of tokens
              --json               the server's answers as one JSON document
              --language CODE      of titles and advice: en or de
              --certify            check and try, and print one row for docs/providers/live.md: the provider's own
                                   service has proven these kinds of token on this day. Names no person and no realm
              --plain-http         let secrets go to another machine by plain HTTP, in a network of your own

            Ends with 0 if all is well, 1 if there is something to do, 2 if the request makes no sense, and 3 if the
            server cannot be reached or does not let this account look.

            An authority or a proxy of your own is named to Java, before -jar: -Djavax.net.ssl.trustStore=FILE,
            -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT
            """;

    private Usage() {}
}
