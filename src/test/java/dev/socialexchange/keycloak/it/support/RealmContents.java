package dev.socialexchange.keycloak.it.support;

import java.util.List;

/** How much there is in a realm, for whoever expects it to stay. */
public record RealmContents(Stock stock) {

    public static RealmContents of(OwnRealm realm) {
        return new RealmContents(Stocktaker.take(realm.server().url() + "/realms/" + realm.name() + "/")
                .orElseThrow());
    }

    public List<String> changes(RealmContents before) {
        return stock.changes(before.stock);
    }
}
