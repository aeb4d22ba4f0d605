package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.fuzz.Attempt.Allowed;
import dev.socialexchange.keycloak.it.support.TokenType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A good token as something that it is not, or at somebody else's door: every kind at every provider. */
record OddKinds(Ground ground) implements Category {
    private static final List<String> TYPES = List.of(
            TokenType.ID_TOKEN,
            TokenType.ACCESS_TOKEN,
            TokenType.AUTHORIZATION_CODE,
            TokenType.SIGNED_DATA,
            "urn:ietf:params:oauth:token-type:jwt");

    @Override
    public Attempt next(Dice dice) {
        Ground.Good good = ground.good(dice);
        Ground.Good elsewhere = ground.good(dice);
        boolean at = dice.chance(50);
        String alias = at ? elsewhere.alias() : good.alias();
        String type = dice.one(TYPES);
        boolean same = alias.equals(good.alias()) && kind(type).equals(kind(good.type()));
        Set<Allowed> allowed = same ? EnumSet.of(Allowed.SUCCESS) : EnumSet.noneOf(Allowed.class);
        return new Attempt(
                "%s's %s at %s as %s".formatted(good.alias(), good.kind().id(), alias, kind(type)),
                alias,
                good.subject(),
                allowed,
                () -> ground.request(alias, type, good.token(), dice.chance(50) ? good.further() : elsewhere.further())
                        .send());
    }

    private static String kind(String type) {
        String name = type.replaceAll(".*:", "");
        return name.equals("jwt") ? "id_token" : name;
    }
}
