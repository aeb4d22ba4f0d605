package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.keycloak.broker.oidc.mappers.ClaimToUserSessionNoteMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.HardcodedUserSessionAttributeMapper;
import org.keycloak.broker.provider.IdentityProviderMapperSyncModeDelegate;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Brings a linked user up to date, as {@code IdentityBrokerService.updateFederatedIdentity} (26.7) does. */
@Mirrors(
        type = "org.keycloak.services.resources.IdentityBrokerService",
        methods = {
            "updateFederatedIdentity",
            "setBasicUserAttributes",
            "setDiffAttrToConsumer",
            "migrateFederatedIdentityId",
            "updateToken"
        })
public final class KnownUser {
    /** Keycloak's mappers (26.7) that write to the session and not to the user. */
    private static final Set<String> OF_THE_SESSION =
            Set.of(ClaimToUserSessionNoteMapper.PROVIDER_ID, HardcodedUserSessionAttributeMapper.PROVIDER_ID);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Identities identities;

    public KnownUser(KeycloakSession session, Identities identities) {
        this.session = session;
        this.identities = identities;
        this.realm = session.getContext().getRealm();
    }

    /** @param identity with its authentication session set, on which Keycloak's e-mail rule depends */
    void update(BrokeredIdentityContext identity, UserModel user) {
        String alias = identity.getIdpConfig().getAlias();
        FederatedIdentityModel known = session.users().getFederatedIdentity(realm, user, alias);
        // The user's cached list of links may lag behind the link that led here, for the moment after another login
        // made it.
        FederatedIdentityModel link = known == null ? Identities.link(identity) : migrated(known, identity, user);
        boolean force = identity.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE;
        ForeignCode.call(() -> "user storage", () -> {
            if (force) {
                copy(identity.getFirstName(), user.getFirstName(), user::setFirstName);
                copy(identity.getLastName(), user.getLastName(), user::setLastName);
            }
            updateLink(identity, user, link, force);
            return null;
        });
        identity.getIdp().updateBrokeredUser(session, realm, user, identity);
        update(identity, user, mapper -> true);
    }

    /** What mappers leave in the login's session; the user has been updated before. */
    public void note(BrokeredIdentityContext identity, UserModel user) {
        update(identity, user, mapper -> OF_THE_SESSION.contains(mapper.getIdentityProviderMapper()));
    }

    private void update(
            BrokeredIdentityContext identity, UserModel user, Predicate<IdentityProviderMapperModel> concerned) {
        identities.forEachUserMapper(identity, user, (mapper, model) -> {
            if (concerned.test(model)) {
                IdentityProviderMapperSyncModeDelegate.delegateUpdateBrokeredUser(
                        session, realm, user, model, identity, mapper);
            }
        });
    }

    /** @param identity whose former id the user is linked by */
    void renumber(BrokeredIdentityContext identity, UserModel user) {
        FederatedIdentityModel link = session.users()
                .getFederatedIdentity(realm, user, identity.getIdpConfig().getAlias());
        if (link != null) {
            migrated(link, identity, user);
        }
    }

    /** The external id is part of the link's key, so a legacy id is replaced by a new link. */
    private FederatedIdentityModel migrated(
            FederatedIdentityModel link, BrokeredIdentityContext identity, UserModel user) {
        if (link.getUserId().equals(identity.getId())) {
            return link;
        }
        FederatedIdentityModel migrated = new FederatedIdentityModel(link, identity.getId());
        session.users().removeFederatedIdentity(realm, user, link.getIdentityProvider());
        session.users().addFederatedIdentity(realm, user, migrated);
        return migrated;
    }

    private static void copy(String value, String current, Consumer<String> setter) {
        if (value != null && !value.equals(Objects.requireNonNullElse(current, ""))) {
            setter.accept(value);
        }
    }

    private void updateLink(
            BrokeredIdentityContext identity, UserModel user, FederatedIdentityModel link, boolean force) {
        String username = force ? identity.getUsername() : link.getUserName();
        String token = identity.getToken() == null ? link.getToken() : merged(identity, link.getToken());
        if (!Objects.equals(username, link.getUserName()) || !Objects.equals(token, link.getToken())) {
            session.users()
                    .updateFederatedIdentity(
                            realm,
                            user,
                            new FederatedIdentityModel(link.getIdentityProvider(), link.getUserId(), username, token));
        }
    }

    private static String merged(BrokeredIdentityContext identity, String stored) {
        List<String> kept = identity.getIdp() instanceof ExchangeIdentityProvider provider
                ? provider.descriptor().kept()
                : List.of();
        return new StoredTokens(identity.getToken())
                .after(new StoredTokens(stored), kept)
                .text();
    }
}
