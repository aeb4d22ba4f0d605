package dev.socialexchange.keycloak.provider;

import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AbstractIdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The providers that Keycloak lacks: a line each, for a descriptor each. They are classes because Keycloak's build remembers
 * factories by class (26.7).
 */
public final class Catalogue {

    private Catalogue() {}

    /** Their descriptors, read anew: for the console's lists and for tests, not for requests. */
    public static List<Descriptor> descriptors() {
        return Stream.of(Catalogue.class.getDeclaredClasses())
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .map(type -> DescriptorReader.resource(type.getSimpleName().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(Descriptor::id))
                .toList();
    }

    public static final class Amazon extends Factory {
        public Amazon() {
            super("amazon");
        }
    }

    public static final class BattleNet extends Factory {
        public BattleNet() {
            super("battlenet");
        }
    }

    public static final class Box extends Factory {
        public Box() {
            super("box");
        }
    }

    public static final class Discord extends Factory {
        public Discord() {
            super("discord");
        }
    }

    public static final class EpicGames extends Factory {
        public EpicGames() {
            super("epicgames");
        }
    }

    public static final class Figma extends Factory {
        public Figma() {
            super("figma");
        }
    }

    public static final class Instagram extends Factory {
        public Instagram() {
            super("instagram");
        }

        /** Above Keycloak's own, which a feature switches on: it speaks to an API that was shut down in 2024. */
        @Override
        public int order() {
            return 1;
        }
    }

    public static final class Kakao extends Factory {
        public Kakao() {
            super("kakao");
        }
    }

    public static final class Mastodon extends Factory {
        public Mastodon() {
            super("mastodon");
        }
    }

    public static final class Patreon extends Factory {
        public Patreon() {
            super("patreon");
        }
    }

    public static final class Reddit extends Factory {
        public Reddit() {
            super("reddit");
        }
    }

    public static final class Roblox extends Factory {
        public Roblox() {
            super("roblox");
        }
    }

    public static final class Slack extends Factory {
        public Slack() {
            super("slack");
        }
    }

    public static final class Spotify extends Factory {
        public Spotify() {
            super("spotify");
        }
    }

    public static final class Strava extends Factory {
        public Strava() {
            super("strava");
        }
    }

    public static final class Telegram extends Factory {
        public Telegram() {
            super("telegram");
        }

        @Override
        public DescribedIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
            return new TelegramIdentityProvider(session, new OAuth2IdentityProviderConfig(model), descriptor());
        }
    }

    public static final class TikTok extends Factory {
        public TikTok() {
            super("tiktok");
        }
    }

    public static final class Twitch extends Factory {
        public Twitch() {
            super("twitch");
        }
    }

    public static final class Vk extends Factory {
        public Vk() {
            super("vk");
        }
    }

    public static final class WeChat extends Factory {
        public WeChat() {
            super("wechat");
        }
    }

    public static final class X extends Factory {
        public X() {
            super("x");
        }
    }

    public static final class Yahoo extends Factory {
        public Yahoo() {
            super("yahoo");
        }
    }

    public static final class Yandex extends Factory {
        public Yandex() {
            super("yandex");
        }
    }

    public static final class Zoom extends Factory {
        public Zoom() {
            super("zoom");
        }
    }

    /** Makes a provider type of a descriptor. */
    public abstract static class Factory extends AbstractIdentityProviderFactory<DescribedIdentityProvider>
            implements SocialIdentityProviderFactory<DescribedIdentityProvider> {
        private final Descriptor descriptor;

        Factory(String id) {
            this.descriptor = DescriptorReader.resource(id);
        }

        final Descriptor descriptor() {
            return descriptor;
        }

        @Override
        public String getId() {
            return descriptor.id();
        }

        @Override
        public String getName() {
            return descriptor.name();
        }

        @Override
        public DescribedIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
            return new DescribedIdentityProvider(session, new OAuth2IdentityProviderConfig(model), descriptor);
        }

        @Override
        public OAuth2IdentityProviderConfig createConfig() {
            return new DescribedConfig(descriptor);
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return SettingsProperties.with(CustomSettings.named(descriptor.settings()));
        }
    }
}
