package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.KeycloakSession;

/**
 * The providers that Keycloak lacks: a line each, for a descriptor each. They are classes because Keycloak's build remembers
 * factories by class (26.7).
 */
public final class Catalogue {

    private Catalogue() {}

    /** Their descriptors, read anew: for the console's lists and for tests, not for requests. */
    public static List<Descriptor> descriptors() {
        return Stream.of(Catalogue.class.getDeclaredClasses())
                .map(type -> DescriptorReader.resource(type.getSimpleName().toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparing(Descriptor::id))
                .toList();
    }

    public static final class Amazon extends DescribedIdentityProviderFactory {
        public Amazon() {
            super("amazon");
        }
    }

    public static final class Apple extends DescribedIdentityProviderFactory {
        public Apple() {
            super("apple");
        }

        @Override
        DescribedIdentityProvider create(
                KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
            return new AppleIdentityProvider(session, config, descriptor);
        }

        @Override
        public OAuth2IdentityProviderConfig createConfig() {
            return new AppleConfig();
        }
    }

    public static final class BattleNet extends DescribedIdentityProviderFactory {
        public BattleNet() {
            super("battlenet");
        }
    }

    public static final class Box extends DescribedIdentityProviderFactory {
        public Box() {
            super("box");
        }
    }

    public static final class Discord extends DescribedIdentityProviderFactory {
        public Discord() {
            super("discord");
        }
    }

    public static final class Dropbox extends DescribedIdentityProviderFactory {
        public Dropbox() {
            super("dropbox");
        }
    }

    public static final class EpicGames extends DescribedIdentityProviderFactory {
        public EpicGames() {
            super("epicgames");
        }
    }

    public static final class Figma extends DescribedIdentityProviderFactory {
        public Figma() {
            super("figma");
        }
    }

    public static final class Instagram extends DescribedIdentityProviderFactory {
        public Instagram() {
            super("instagram");
        }

        /** Above Keycloak's own, which a feature switches on: it speaks to an API that was shut down in 2024. */
        @Override
        public int order() {
            return 1;
        }
    }

    public static final class Kakao extends DescribedIdentityProviderFactory {
        public Kakao() {
            super("kakao");
        }
    }

    public static final class Line extends DescribedIdentityProviderFactory {
        public Line() {
            super("line");
        }
    }

    public static final class Mastodon extends DescribedIdentityProviderFactory {
        public Mastodon() {
            super("mastodon");
        }
    }

    public static final class Naver extends DescribedIdentityProviderFactory {
        public Naver() {
            super("naver");
        }
    }

    public static final class Notion extends DescribedIdentityProviderFactory {
        public Notion() {
            super("notion");
        }
    }

    public static final class Patreon extends DescribedIdentityProviderFactory {
        public Patreon() {
            super("patreon");
        }
    }

    public static final class Reddit extends DescribedIdentityProviderFactory {
        public Reddit() {
            super("reddit");
        }
    }

    public static final class Roblox extends DescribedIdentityProviderFactory {
        public Roblox() {
            super("roblox");
        }
    }

    public static final class Salesforce extends DescribedIdentityProviderFactory {
        public Salesforce() {
            super("salesforce");
        }
    }

    public static final class Slack extends DescribedIdentityProviderFactory {
        public Slack() {
            super("slack");
        }
    }

    public static final class Spotify extends DescribedIdentityProviderFactory {
        public Spotify() {
            super("spotify");
        }
    }

    public static final class Strava extends DescribedIdentityProviderFactory {
        public Strava() {
            super("strava");
        }
    }

    public static final class Telegram extends DescribedIdentityProviderFactory {
        public Telegram() {
            super("telegram");
        }

        @Override
        DescribedIdentityProvider create(
                KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
            return new TelegramIdentityProvider(session, config, descriptor);
        }
    }

    public static final class TikTok extends DescribedIdentityProviderFactory {
        public TikTok() {
            super("tiktok");
        }
    }

    public static final class Twitch extends DescribedIdentityProviderFactory {
        public Twitch() {
            super("twitch");
        }
    }

    public static final class Vk extends DescribedIdentityProviderFactory {
        public Vk() {
            super("vk");
        }
    }

    public static final class WeChat extends DescribedIdentityProviderFactory {
        public WeChat() {
            super("wechat");
        }
    }

    public static final class X extends DescribedIdentityProviderFactory {
        public X() {
            super("x");
        }
    }

    public static final class Yahoo extends DescribedIdentityProviderFactory {
        public Yahoo() {
            super("yahoo");
        }
    }

    public static final class Yandex extends DescribedIdentityProviderFactory {
        public Yandex() {
            super("yandex");
        }
    }

    public static final class Zoom extends DescribedIdentityProviderFactory {
        public Zoom() {
            super("zoom");
        }
    }
}
