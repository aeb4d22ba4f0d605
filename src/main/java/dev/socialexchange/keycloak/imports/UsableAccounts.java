package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Which of somebody's accounts at the source may be linked to their user here; of the others it is told why not. */
final class UsableAccounts {
    private final KeycloakSession session;
    private final Present present;
    private final List<Found> found;

    /** @param found why an account is left out is added to it */
    UsableAccounts(KeycloakSession session, Present present, List<Found> found) {
        this.session = session;
        this.present = present;
        this.found = found;
    }

    List<ImportedAccount> of(ImportedPerson person, String userId) {
        List<ImportedAccount> usable = new ArrayList<>();
        Set<String> aliases = new HashSet<>();
        if (person.lost() > 0) {
            found.add(new Found("identity_lost", null));
        }
        for (ImportedAccount account : person.accounts()) {
            Optional<String> hindrance = hindrance(account, userId, aliases);
            hindrance.ifPresent(code -> found.add(new Found(code, account.alias())));
            if (hindrance.isEmpty()) {
                usable.add(account);
            }
        }
        return usable;
    }

    private Optional<String> hindrance(ImportedAccount account, String userId, Set<String> aliases) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(account.alias());
        if (provider == null) {
            return Optional.of("alias_unknown");
        }
        if (!IdShapes.fits(provider.getProviderId(), account.userId())) {
            return Optional.of("id_shape");
        }
        if (!aliases.add(account.alias())) {
            return Optional.of("second_of_alias");
        }
        return present.mayHave(account.external()) && isAnothers(account.external(), userId)
                ? Optional.of("identity_taken")
                : Optional.empty();
    }

    private boolean isAnothers(ExternalAccount account, String userId) {
        Optional<String> planned = present.plannedOwner(account);
        if (planned.isPresent()) {
            return !planned.get().equals(userId);
        }
        try {
            UserModel owner = account.linkedUser(session);
            return owner != null && !owner.getId().equals(userId);
        } catch (ExchangeException several) {
            return true;
        }
    }
}
