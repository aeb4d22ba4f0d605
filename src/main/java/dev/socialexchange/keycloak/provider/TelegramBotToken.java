package dev.socialexchange.keycloak.provider;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What BotFather gives the owner of a bot, {@code <bot id>:<secret>}: the key of all data that Telegram signs for the bot.
 * Nothing else is taken for one, since a client secret that an admin made up, because the console wants one, would be a key
 * that anybody can guess.
 *
 * @param botId digits, the client id at Telegram
 * @param text the whole token
 */
public record TelegramBotToken(String botId, String text) {
    private static final Pattern FORMAT = Pattern.compile("([1-9]\\d{4,18}):[A-Za-z0-9_-]{30,64}");

    public static Optional<TelegramBotToken> parse(String text) {
        Matcher token = FORMAT.matcher(text == null ? "" : text.strip());
        return token.matches() ? Optional.of(new TelegramBotToken(token.group(1), token.group())) : Optional.empty();
    }

    /** A record would print the secret. */
    @Override
    public String toString() {
        return botId;
    }
}
