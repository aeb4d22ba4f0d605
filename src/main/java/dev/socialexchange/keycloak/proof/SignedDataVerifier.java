package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.TelegramBotToken;
import java.util.Optional;
import org.keycloak.utils.StringUtil;

/**
 * Verifies data that Telegram signed for our bot. No call to anybody is needed; like an id token it is refused when it is too
 * old, and accepted once.
 */
final class SignedDataVerifier {
    private final ProofContext context;

    SignedDataVerifier(ProofContext context) {
        this.context = context;
    }

    Proof verify(Submission submission) {
        context.look(Look.SIGNED_DATA, context.app()::clientId, () -> null);
        Nonce.require(context.settings(), submission.nonce(), null);
        TelegramData data = TelegramData.parse(submission.token());
        if (!data.signedFor(botToken())) {
            throw SignedToken.invalid("hash_mismatch"); // tampered with, or another bot's
        }
        long expires = requireTime(data.authenticatedAt());
        JsonNode person = data.person();
        context.look(Look.PERSON);
        if (context.descriptor().identity().profile().subject(person).isEmpty()) {
            throw SignedToken.invalid("subject_missing");
        }
        new PersonCheck(context).requireOther(person);
        return new Proof(
                new Evidence.SignedData(person, data.authenticatedAt()),
                Proof.Method.HMAC,
                claim(data, expires),
                Optional.empty());
    }

    private TelegramBotToken botToken() {
        TelegramBotToken token = TelegramBotToken.parse(secret())
                .orElseThrow(() -> ExchangeException.unavailable("bot_token_not_configured"));
        if (!token.botId().equals(context.app().clientId())) {
            throw ExchangeException.unavailable("bot_token_of_another_bot");
        }
        return token;
    }

    private String secret() {
        String key = context.descriptor().signedData().orElseThrow().secretSetting();
        String reference = context.provider().getConfig().getConfig().get(key);
        if (StringUtil.isBlank(reference)) {
            return context.app().clientSecret();
        }
        return context.surroundings().secrets().secret(reference.strip()).orElse(null);
    }

    /** @return when it is too old, in seconds since the epoch */
    private long requireTime(long authenticatedAt) {
        long now = context.now();
        int skew = context.provider().clockSkew();
        if (authenticatedAt > now + skew) {
            throw SignedToken.invalid("auth_date_in_future");
        }
        long expires = authenticatedAt + context.settings().maxAge().toSeconds() + skew;
        if (expires <= now) {
            throw ExchangeException.refuse(
                    ExchangeError.TOKEN_TOO_OLD,
                    "The data was signed too long ago; get it afresh from the identity provider");
        }
        return expires;
    }

    /** By the verified hash: spelling the same fields in another way makes no new data of them. */
    private SingleUse.Claim claim(TelegramData data, long expires) {
        context.look(Look.SINGLE_USE, context.settings()::singleUse, () -> null);
        return context.settings().singleUse()
                ? SingleUse.claim(context, data.hash(), expires - context.now() + 1)
                : SingleUse.Claim.NOTHING;
    }
}
