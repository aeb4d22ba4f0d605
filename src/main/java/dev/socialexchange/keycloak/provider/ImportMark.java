package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.keycloak.common.util.Time;
import org.keycloak.models.UserModel;

/**
 * What an import has left on a user whom it has made: kept with the user, under attributes that nobody edits, so that it goes where the user goes and is gone when the user is.
 *
 * @param run which import has made the user: the source's name and the job's, with a blank between them
 * @param links a digest of each account that an import has ever linked, whether the link is there or not: who has removed one does not get it back
 */
public record ImportMark(String run, List<String> links) {
    /** {@code GuardedUserProfile} keeps all that begin so from whoever edits a profile. */
    public static final String ATTRIBUTE = "social-exchange.import";

    /** Several digests with blanks between them. */
    static final String LINKS = ATTRIBUTE + "-links";

    /** When the person first came, in seconds since the epoch. */
    public static final String CAME = ATTRIBUTE + "-came";

    /**
     * When somebody who was brought was deleted, in seconds since the epoch: of nobody, in the store for people of other stores, under the id that they had. Who is made again has it
     * themselves.
     */
    public static final String DELETED = ATTRIBUTE + "-deleted";

    /** Far more than there are providers; so much is read at each later run. */
    private static final int MAX_LINKS = 64;

    /** 128 bits of a SHA-256. */
    private static final int DIGEST_LENGTH = 22;

    private static final Pattern BLANK = Pattern.compile(" ");

    /** Of somebody who is about to be made. */
    public static ImportMark begun(String source, String job) {
        return new ImportMark(run(source, job), List.of());
    }

    public static String run(String source, String job) {
        return source + ' ' + job;
    }

    /** As it was named. */
    public String source() {
        return BLANK.split(run)[0];
    }

    /** Empty for whom no import has made. */
    public static Optional<ImportMark> of(UserModel user) {
        return Optional.ofNullable(user.getFirstAttribute(ATTRIBUTE))
                .map(run -> new ImportMark(
                        run,
                        Optional.ofNullable(user.getFirstAttribute(LINKS)).stream()
                                .flatMap(BLANK::splitAsStream)
                                .filter(digest -> !digest.isEmpty())
                                .toList()));
    }

    /** Whether an import has linked this account before. */
    public boolean hasBrought(ExternalAccount account) {
        return links.contains(digest(account));
    }

    /** Whether one more account can be remembered: what cannot be is not linked. */
    public boolean isFull() {
        return links.size() >= MAX_LINKS;
    }

    public ImportMark with(ExternalAccount account) {
        List<String> more = new ArrayList<>(links);
        more.add(digest(account));
        return new ImportMark(run, more.stream().distinct().toList());
    }

    /** In the place of what was there. */
    public void write(UserModel user) {
        user.setSingleAttribute(ATTRIBUTE, run);
        if (!links.isEmpty()) {
            user.setSingleAttribute(LINKS, String.join(" ", links));
        }
    }

    /** Whether the person has come since, in whatever way. */
    public static boolean hasCome(UserModel user) {
        return user.getFirstAttribute(CAME) != null;
    }

    /**
     * Somebody signs in.
     *
     * @return whether they were imported, and come for the first time
     */
    public static boolean come(UserModel user) {
        if (user.getFirstAttribute(ATTRIBUTE) == null || hasCome(user)) {
            return false;
        }
        user.setSingleAttribute(CAME, String.valueOf(TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis())));
        return true;
    }

    private static String digest(ExternalAccount account) {
        return Digests.sha256Base64Url(account.alias() + '\n' + account.id()).substring(0, DIGEST_LENGTH);
    }
}
