package dev.socialexchange.keycloak.it.cluster;

import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A link to go on with, whose page somebody has in a browser.
 *
 * @param form of the page
 * @param cookie of the browser
 */
record Offered(Person person, String url, Map<String, String> form, String cookie) {
    static final int NO_ANSWER = 0;

    static Offered to(Cluster cluster) {
        return to(cluster, Suite.newPerson().withoutEmail());
    }

    private static Offered to(Cluster cluster, Person person) {
        String url = cluster.app().link(cluster.alias(), person, "profile_incomplete");
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(url));
        return new Offered(
                person, url, form, "social-exchange=" + browser.cookies().get("social-exchange"));
    }

    /** To the same person, by another token. */
    Offered anew(Cluster cluster) {
        return to(cluster, person);
    }

    /** The status of the answer to the page's form; {@link #NO_ANSWER} without one. */
    int useAt(String node) {
        try {
            return new Visitor().with("Cookie", cookie).post(node, form).statusCode();
        } catch (UncheckedIOException lost) {
            return NO_ANSWER;
        }
    }
}
