package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.Booleans;

/** A brokered identity in one session: made, preprocessed, and looked up, as {@code IdentityBrokerService} (26.7) does. */
@Mirrors(type = "org.keycloak.services.resources.IdentityBrokerService", methods = "authenticated")
public final class Identities {
    private final KeycloakSession session;
    private final RealmModel realm;

    public Identities(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** @param authSession of the login, in which mappers may leave notes; {@code null} where there is no login */
    public BrokeredIdentityContext of(BrokeredPerson person, AuthenticationSessionModel authSession) {
        // OpenID Connect providers (26.7) would look there for the nonce of a browser login
        session.getContext().setAuthenticationSession(null);
        BrokeredIdentityContext identity = person.identity().apply(session);
        identity.setAuthenticationSession(authSession);
        Rehearsal.journal(session).look(Look.IDENTITY, () -> null, () -> told(identity));
        boolean stores = Booleans.isTrue(identity.getIdpConfig().isStoreToken());
        identity.setToken(stores ? person.storedTokens().map(StoredTokens::text).orElse(null) : null);
        identity.getIdp().preprocessFederatedIdentity(session, realm, identity);
        forEachMapper(
                identity.getIdpConfig(),
                (mapper, model) -> mapper.preprocessFederatedIdentity(session, realm, model, identity));
        BrokeredIdentities.requireStorable(identity);
        session.getContext().setAuthenticationSession(authSession);
        return identity;
    }

    /**
     * @return the linked user, or {@code null}
     * @throws ExchangeException if there are several
     */
    UserModel linkedUser(BrokeredIdentityContext identity) {
        UserModel user = ExternalAccount.of(identity).linkedUser(session);
        return user != null
                ? user
                : ExternalAccount.before(identity)
                        .map(legacy -> legacy.linkedUser(session))
                        .orElse(null);
    }

    /** Whether the linked user was found only by an id that the account had before. */
    boolean isLinkedByFormerId(BrokeredIdentityContext identity) {
        return identity.getLegacyId() != null
                && ExternalAccount.of(identity).linkedUser(session) == null
                && linkedUser(identity) != null;
    }

    static FederatedIdentityModel link(BrokeredIdentityContext identity) {
        return new FederatedIdentityModel(
                identity.getIdpConfig().getAlias(), identity.getId(), identity.getUsername(), identity.getToken());
    }

    /** The mappers that write to users, each of which has what it looks for. */
    void forEachUserMapper(
            BrokeredIdentityContext identity,
            UserModel user,
            BiConsumer<IdentityProviderMapper, IdentityProviderMapperModel> action) {
        forEachMapper(identity.getIdpConfig(), (mapper, model) -> {
            if (!UnreadEvidence.concerns(model, identity)) {
                action.accept(mapper, model);
                if (user.getAttributes().containsKey(null)) { // Keycloak (26.7) would stumble over it later
                    throw ExchangeException.setupFaulty(name(model) + " writes an attribute without a name");
                }
            }
        });
    }

    private void forEachMapper(
            IdentityProviderModel provider, BiConsumer<IdentityProviderMapper, IdentityProviderMapperModel> action) {
        for (IdentityProviderMapperModel model :
                LoginMemory.of(session).mappers().of(session, provider)) {
            IdentityProviderMapper mapper = mapper(model);
            ForeignCode.call(() -> name(model), () -> {
                Rehearsal.journal(session).look(Look.MAPPER, () -> null, model::getName);
                action.accept(mapper, model);
                return null;
            });
        }
    }

    private static String told(BrokeredIdentityContext identity) {
        return String.join(
                ", ",
                Stream.of(identity.getId(), identity.getUsername(), identity.getEmail())
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static String name(IdentityProviderMapperModel model) {
        return "mapper " + model.getName() + " (" + model.getIdentityProviderMapper() + ')';
    }

    /** A mapper whose jar is gone may have been the one that takes rights away: going on without it is no choice. */
    private IdentityProviderMapper mapper(IdentityProviderMapperModel model) {
        ProviderFactory<?> mapper = session.getKeycloakSessionFactory()
                .getProviderFactory(IdentityProviderMapper.class, model.getIdentityProviderMapper());
        if (mapper == null) {
            throw ExchangeException.setupFaulty(name(model) + " is not installed");
        }
        return (IdentityProviderMapper) mapper;
    }
}
