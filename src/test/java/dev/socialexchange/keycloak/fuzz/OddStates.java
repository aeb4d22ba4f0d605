package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.fuzz.Attempt.Allowed;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.provider.TokenKind;
import dev.socialexchange.keycloak.simulator.Provider;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** Good tokens whose time has passed: used, expired, issued to another app, or with a nonce of nobody's. */
record OddStates(Ground ground) implements Category {

    @Override
    public Attempt next(Dice dice) {
        return switch (dice.below(5)) {
            case 0 -> used(ground.good(dice, TokenKind.ID_TOKEN));
            case 1 -> used(ground.good(dice, TokenKind.AUTHORIZATION_CODE));
            case 2 -> expired(ground.good(dice, TokenKind.ID_TOKEN));
            case 3 -> foreign(ground.good(dice, TokenKind.ID_TOKEN));
            default -> withNonce(ground.good(dice, TokenKind.ID_TOKEN), dice.oddText());
        };
    }

    private Attempt used(Ground.Good good) {
        return attempt("used " + good.kind().id(), good, () -> {
            Answer first = ground.request(good).send();
            if (first.status() != 200) {
                throw new AssertionError("a good token was refused: " + first.body());
            }
            return ground.request(good).send();
        });
    }

    private Attempt expired(Ground.Good good) {
        long then = Instant.now().getEpochSecond() - 120;
        String token =
                good.provider().idToken(good.provider().clientId(), good.person(), claims -> claims.put("exp", then));
        return attempt("expired id_token", good, () -> request(good, token).send());
    }

    private Attempt foreign(Ground.Good good) {
        String token = good.provider().idToken(Provider.FOREIGN_CLIENT, good.person());
        return attempt(
                "another app's id_token", good, () -> request(good, token).send());
    }

    private Attempt withNonce(Ground.Good good, String nonce) {
        return attempt("a nonce that the token has not", good, () -> request(good, good.token())
                .param("nonce", nonce)
                .send());
    }

    private TokenRequest request(Ground.Good good, String token) {
        return ground.request(good.alias(), good.type(), token, Map.of());
    }

    private static Attempt attempt(String what, Ground.Good good, Supplier<Answer> request) {
        return new Attempt(
                good.alias() + ' ' + what, good.alias(), good.subject(), Attempt.allowing(new Allowed[0]), request);
    }
}
