package dev.socialexchange.keycloak.descriptor;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the engine knows of a provider: read from {@code social-providers/*.yaml}, or put together from the settings of
 * an identity provider whose endpoints its admin enters.
 *
 * @param oauth2 empty if browsers cannot sign in there, or Keycloak's own type knows where
 * @param temporary this provider's own ways of saying "later"
 * @param revocation takes an access token back; empty if the provider has nothing for it
 * @param withdrawal takes back all that a person has allowed the app, where that is not as {@code revocation} does it
 * @param check what can be found out without anybody's token
 * @param signals what the provider says about people by itself, by the name of the address; empty if it says nothing
 */
public record Descriptor(
        @Unwrapped About about,
        @Key("Where browsers sign in, and codes become tokens") Optional<OAuth2Endpoints> oauth2,
        @Unwrapped Kinds kinds,
        @Key(value = "Where who somebody is stands in the profile", required = true) Identity identity,
        @Unwrapped Vouching vouching,
        @Key("This provider's own ways of saying \"later\", beside 429 and 5xx") List<TemporarySign> temporary,
        @Key("The call by which the provider takes an access token back, for revokeAtLogout")
                Optional<CallTemplate> revocation,
        @Key("How all that a person has allowed the app is taken back, for revokeAtDeletion; without it by revocation")
                Optional<Withdrawal> withdrawal,
        @Key(value = "What can be found out without anybody's token, for the check of the set-up", otherwise = "{}")
                CheckRules check,
        @Key("What the provider says about people by itself, by the name of the address that it says it at")
                Map<String, SignalRules> signals) {
    public Descriptor {
        signals.keySet().forEach(name -> {
            if (!SignalRules.NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("an address in signals is called by a to z, 0 to 9 and -");
            }
        });
    }

    /** The setting that says where this installation of the provider is; required where it applies. */
    public static final String BASE_URL = "baseUrl";

    /** Of a provider whose endpoints somebody has entered; {@code null} for a name that it has not. */
    public static Descriptor entered(
            String id, String name, OAuth2Endpoints oauth2, Kinds kinds, IdentityPointers places, EmailTrust trust) {
        return new Descriptor(
                new About(id, Optional.ofNullable(name), Optional.empty(), List.of(), Optional.empty()),
                Optional.of(oauth2),
                kinds,
                new Identity(places, Optional.empty(), Optional.empty()),
                new Vouching(trust, Set.of(), false, false, Set.of()),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new CheckRules(CheckRules.Discovery.of(kinds.idToken), Optional.empty(), CheckRules.NONE.signs()),
                Map.of());
    }

    /** The same, of a provider that also says this by itself. */
    public Descriptor telling(Map<String, SignalRules> what) {
        return new Descriptor(
                about, oauth2, kinds, identity, vouching, temporary, revocation, withdrawal, check, Map.copyOf(what));
    }

    /** The same, of a provider that takes tokens back by this call. */
    public Descriptor revoking(CallTemplate call) {
        return new Descriptor(
                about, oauth2, kinds, identity, vouching, temporary, Optional.of(call), withdrawal, check, signals);
    }

    /** The same, of a provider that takes back by this call all that a person has allowed the app, and nothing when they sign out. */
    public Descriptor withdrawing(CallTemplate call) {
        Withdrawal standard = new Withdrawal(Optional.of(call), Withdrawal.STANDARD.tokens());
        return new Descriptor(
                about, oauth2, kinds, identity, vouching, temporary, revocation, Optional.of(standard), check, signals);
    }

    /** The call by which all that a person has allowed the app is taken back; empty if there is none. */
    public Optional<CallTemplate> withdraws() {
        return withdrawal.flatMap(Withdrawal::call).or(() -> revocation);
    }

    public List<String> withdrawnBy() {
        return withdrawal.orElse(Withdrawal.STANDARD).tokens();
    }

    public String id() {
        return about.id;
    }

    /** For people. */
    public String name() {
        return about.name.orElse(about.id);
    }

    public Optional<IdTokenRules> idToken() {
        return kinds.idToken;
    }

    public Optional<AccessTokenRules> accessToken() {
        return kinds.accessToken;
    }

    public Optional<CodeRules> authorizationCode() {
        return kinds.authorizationCode;
    }

    public Optional<SignedData> signedData() {
        return kinds.signedData;
    }

    /** Kinds whose binding to our app this provider lets us prove. */
    public Set<TokenKind> provable() {
        return kinds.provable();
    }

    /** Whether people may have an address here. Without one, a realm with Keycloak's default user profile creates nobody. */
    public boolean givesAddresses() {
        return identity.emails().isPresent()
                || identity.anywhere()
                        .anyMatch(places -> !places.mail().address().isEmpty());
    }

    /** Whether people may have a name here, which that user profile wants as well. */
    public boolean givesNames() {
        return identity.anywhere().anyMatch(places -> !places.names().isEmpty());
    }

    /** Whether an access token opens a profile. */
    public boolean opensProfile() {
        return accessToken().flatMap(AccessTokenRules::profile).isPresent();
    }

    /** What came with a code and is stored with its tokens, for the refresh. */
    public List<String> kept() {
        return authorizationCode().map(code -> code.companions().kept()).orElse(List.of());
    }

    /** Whether the id token that comes with a code knows more than the profile. */
    public boolean idTokenTells() {
        return authorizationCode().filter(CodeRules::idTokenTells).isPresent();
    }

    /** Whether the profile opens with an access token alone, and not only with what came along with it. */
    public boolean opensWithAccessTokenAlone() {
        return opensProfile()
                && authorizationCode()
                        .filter(code -> !code.companions().carried().isEmpty())
                        .isEmpty();
    }

    /**
     * What it is, for people and for Keycloak.
     *
     * @param settings keys of further settings on the identity provider's page, usable as placeholders
     * @param baseUrl for providers that everybody may run: stands for the setting {@link #BASE_URL} in all URLs
     */
    public record About(
            @Key(
                            value =
                                    "The file's name without .yaml: a–z, 0–9 and -. Not the id of a provider type that the server has",
                            required = true)
                    String id,
            @Key("For people; the id if there is none") Optional<String> name,
            @Key(
                            "What the login theme draws on the buttons of a shipped type that Keycloak has no picture of; for other files a note")
                    Optional<Mark> mark,
            @Key("Of shipped types only: keys of further settings on the provider's page, usable as placeholders")
                    List<String> settings,
            @Key(
                            "Of shipped types only, for providers that everybody may run: stands for the setting baseUrl in all URLs")
                    Optional<String> baseUrl) {}

    /** What a front end can hold of it, and what is known of each kind; what is empty is not taken. */
    public record Kinds(
            @Key("How id_tokens are verified. Without it there are none") Optional<IdTokenRules> idToken,
            @Key(
                            "What an access token tells, and what proves that it is our app's. Without it access tokens are not taken")
                    Optional<AccessTokenRules> accessToken,
            @Key("How codes are redeemed. Without it codes are not taken") Optional<CodeRules> authorizationCode,
            @Key("Of shipped types only: data that the provider signs with a secret which it shares with us")
                    Optional<SignedData> signedData) {

        private Set<TokenKind> provable() {
            Set<TokenKind> provable = EnumSet.noneOf(TokenKind.class);
            idToken.ifPresent(rules -> provable.add(TokenKind.ID_TOKEN));
            accessToken.filter(AccessTokenRules::bindable).ifPresent(rules -> provable.add(TokenKind.ACCESS_TOKEN));
            authorizationCode.ifPresent(rules -> provable.add(TokenKind.AUTHORIZATION_CODE));
            signedData.ifPresent(rules -> provable.add(TokenKind.SIGNED_DATA));
            return provable;
        }
    }

    /**
     * What its word is worth.
     *
     * @param pairwise every app knows a person by another id, so that no other app's token opens an account of ours
     * @param mailElsewhere a person's mailbox proves more than their account there, but at its own domains
     * @param relayDomains of addresses that the provider only forwards
     */
    public record Vouching(
            @Key(
                            value =
                                    "Whose word that an address is verified counts: never (which is the default), the provider's flag, or that flag at domains of the provider's own",
                            otherwise = "never")
                    EmailTrust emailTrust,
            @Key("Domains whose mailboxes the provider runs itself, for emailTrust: authoritative-domains")
                    Set<String> authoritativeDomains,
            @Key(
                            "true if every app knows a person by another id, so that another app's token opens nobody's account here. While exchangeUnbound is on, no address of such a provider counts as verified")
                    boolean pairwise,
            @Key(
                            "true if nobody's mail is delivered by the provider, but at the authoritativeDomains and to accounts of its own organisations: whoever has the account of somebody else then does not read their mail")
                    boolean mailElsewhere,
            @Key("Domains whose addresses the provider only forwards, and may cease to") Set<String> relayDomains) {}
}
