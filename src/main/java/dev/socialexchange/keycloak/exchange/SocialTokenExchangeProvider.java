package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Journal;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.continuation.ContinuationOffer;
import dev.socialexchange.keycloak.door.Answers;
import dev.socialexchange.keycloak.door.ContinuationLink;
import dev.socialexchange.keycloak.door.ProvenPerson;
import dev.socialexchange.keycloak.door.ProviderPolicy;
import dev.socialexchange.keycloak.door.SideDoor;
import dev.socialexchange.keycloak.door.Synonyms;
import dev.socialexchange.keycloak.login.BrokeredLogin;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.telemetry.Recorder;
import dev.socialexchange.keycloak.throttle.Throttling;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.Profile;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.Urls;

/** Exchanges a social provider's token for realm tokens: request → policy → proof → identity → user → tokens. */
final class SocialTokenExchangeProvider implements TokenExchangeProvider {

    /** Cheap, since it is asked about every exchange of every client: ours are those that name another issuer. */
    @Override
    public boolean supports(TokenExchangeContext context) {
        if (SideDoor.isTaken(context.getSession())) {
            return true; // it leads to nowhere else
        }
        String issuer = context.getFormParams().getFirst(OAuth2Constants.SUBJECT_ISSUER);
        if (issuer == null) {
            return sent(context).contains(OAuth2Constants.SUBJECT_ISSUER); // too long, and dropped by Keycloak
        }
        if (issuer.equals(ownIssuer(context))) {
            return false;
        }
        // Keycloak's first version, where an admin has switched it on, keeps the providers that are not open for ours.
        return !Profile.isFeatureEnabled(Profile.Feature.TOKEN_EXCHANGE) || isOpen(context.getSession(), issuer);
    }

    /** One that is open with settings that nobody can read is for us to refuse. */
    private static boolean isOpen(KeycloakSession session, String alias) {
        try {
            return ExchangeIdentityProviders.open(session, alias).isPresent();
        } catch (ExchangeException unreadable) {
            return true;
        }
    }

    /** With Keycloak 26.6 this is the form without what it has dropped; 26.7 drops from a copy. */
    private static Set<String> sent(TokenExchangeContext context) {
        return context.getSession()
                .getContext()
                .getHttpRequest()
                .getDecodedFormParameters()
                .keySet();
    }

    private static String ownIssuer(TokenExchangeContext context) {
        return Urls.realmIssuer(
                context.getSession().getContext().getUri().getBaseUri(),
                context.getRealm().getName());
    }

    @Override
    public Response exchange(TokenExchangeContext context) {
        Answers answers = new Answers(context.getSession(), context.getEvent(), context.getCors());
        OfferedContinuation continuing =
                new OfferedContinuation(obstacle -> context.getEvent().detail(ContinuationOffer.DETAIL, obstacle));
        Throttling throttling = new Throttling(context.getSession());
        ExchangeMeasure measure = new ExchangeMeasure(
                context.getSession().getProvider(Recorder.class),
                context.getSession().getContext().getRealm().getId(),
                context.getClient().getClientId(),
                System::nanoTime);
        try {
            AccessTokenResponse tokens =
                    ForeignCode.request("exchange", () -> tokens(context, throttling, continuing, measure));
            measure.succeeded();
            return answers.ok(tokens);
        } catch (ExchangeException refused) {
            ExchangeException answer = throttling.answerTo(refused);
            Optional<ContinuationLink> link = Optional.empty();
            try {
                link = Rehearsal.is(context.getSession()) ? Optional.empty() : continuing.link(refused);
            } catch (ExchangeException busy) {
                answer = busy;
            }
            measure.refused(answer);
            return answers.refusal(answer, link);
        } catch (CorsErrorResponseException keycloaks) {
            measure.refusedByKeycloak();
            context.getSession().getTransactionManager().setRollbackOnly();
            throw keycloaks;
        }
    }

    private static AccessTokenResponse tokens(
            TokenExchangeContext context,
            Throttling throttling,
            OfferedContinuation continuing,
            ExchangeMeasure measure) {
        throttling.admit();
        SideDoor.require(context.getSession(), context.getClient(), context.getEvent());
        Journal journal = Rehearsal.journal(context.getSession());
        journal.look(Look.PARAMETERS);
        ExchangeRequest request = ExchangeRequest.parse(
                Synonyms.resolve(context.getFormParams(), sent(context), context.getSession()),
                sent(context),
                context.getParams().getAudience());
        measure.kind(request.submission().kind());
        ProviderPolicy policy = new ProviderPolicy(context.getSession(), context.getClient());
        ExchangeIdentityProvider provider = policy.provider(request.alias());
        measure.provider(request.alias(), provider);
        context.getEvent()
                .detail(Details.IDENTITY_PROVIDER, request.alias())
                .detail("subject_token_type", request.submission().kind().id());
        policy.require(provider, request.submission());
        TokenPolicy tokenPolicy = new TokenPolicy(context.getSession(), context.getClient());
        journal.look(Look.SCOPE, () -> null, request.wanted()::scope);
        tokenPolicy.requireScope(request);
        journal.look(Look.REQUESTED_AUDIENCE, () -> null, request::audience);
        tokenPolicy.requireAudience(request);

        try (ProvenPerson proven =
                ProvenPerson.of(context.getSession(), context.getEvent(), throttling, provider, request.submission())) {
            continuing.prove(() -> request.interaction()
                    .flatMap(interaction -> new ContinuationOffer(context.getSession(), context.getEvent())
                            .make(proven.person(), request.wanted(), interaction)));
            BrokeredLogin login = new BrokeredLogin(context.getSession(), context.getEvent(), request.wanted());
            AccessTokenResponse tokens = login.login(proven.person(), user -> {
                AccessTokenResponse made = new TokenIssuer(context, user).issue(request);
                proven.keep();
                return made;
            });
            proven.use();
            return tokens;
        }
    }

    /** Asked of providers by Keycloak 26.6 and gone in 26.7, hence without {@code @Override}. */
    public int getVersion() {
        return 1;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
