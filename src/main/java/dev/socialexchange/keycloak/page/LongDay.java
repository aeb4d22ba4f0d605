package dev.socialexchange.keycloak.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** A day as people read it, in the time of the whole world: a day, and no moment. */
public final class LongDay {

    private LongDay() {}

    public static String of(Instant moment, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(moment.atZone(ZoneOffset.UTC));
    }
}
