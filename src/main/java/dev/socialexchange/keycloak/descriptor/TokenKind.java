package dev.socialexchange.keycloak.descriptor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a front end can hold of a provider. */
public enum TokenKind {
    ACCESS_TOKEN,
    ID_TOKEN,
    AUTHORIZATION_CODE,
    SIGNED_DATA;

    /** As settings and events spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of several, in order. */
    public static List<String> ids(Set<TokenKind> kinds) {
        return kinds.stream().map(TokenKind::id).sorted().toList();
    }

    public static Optional<TokenKind> byId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
}
