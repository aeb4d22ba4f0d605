package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The providers that Keycloak lacks: a line each, for a descriptor each, which the build writes. They are classes because
 * Keycloak's build remembers factories by class (26.7). A type {@code example} with code of its own has it in an
 * {@code ExampleFactory}.
 */
public final class Catalogue {

    private Catalogue() {}

    /** Their descriptors, read anew: for the console's lists and for tests, not for requests. */
    public static List<Descriptor> descriptors() {
        return Stream.of(Catalogue.class.getDeclaredClasses())
                .map(type -> DescribedIdentityProviderFactory.id(type.getSimpleName()))
                .map(DescriptorReader::resource)
                .sorted(Comparator.comparing(Descriptor::id))
                .toList();
    }

    // begin: types, see docs/development.md

    public static final class Amazon extends DescribedIdentityProviderFactory {}

    public static final class Apple extends AppleFactory {}

    public static final class Battlenet extends DescribedIdentityProviderFactory {}

    public static final class Box extends DescribedIdentityProviderFactory {}

    public static final class Discord extends DescribedIdentityProviderFactory {}

    public static final class Dropbox extends DescribedIdentityProviderFactory {}

    public static final class Epicgames extends DescribedIdentityProviderFactory {}

    public static final class Figma extends DescribedIdentityProviderFactory {}

    public static final class Instagram extends InstagramFactory {}

    public static final class Kakao extends DescribedIdentityProviderFactory {}

    public static final class Line extends DescribedIdentityProviderFactory {}

    public static final class Mastodon extends DescribedIdentityProviderFactory {}

    public static final class Naver extends DescribedIdentityProviderFactory {}

    public static final class Notion extends DescribedIdentityProviderFactory {}

    public static final class Patreon extends DescribedIdentityProviderFactory {}

    public static final class Reddit extends DescribedIdentityProviderFactory {}

    public static final class Roblox extends DescribedIdentityProviderFactory {}

    public static final class Salesforce extends DescribedIdentityProviderFactory {}

    public static final class Slack extends DescribedIdentityProviderFactory {}

    public static final class Spotify extends DescribedIdentityProviderFactory {}

    public static final class Strava extends DescribedIdentityProviderFactory {}

    public static final class Telegram extends TelegramFactory {}

    public static final class Tiktok extends DescribedIdentityProviderFactory {}

    public static final class Twitch extends DescribedIdentityProviderFactory {}

    public static final class Vk extends DescribedIdentityProviderFactory {}

    public static final class Wechat extends DescribedIdentityProviderFactory {}

    public static final class X extends DescribedIdentityProviderFactory {}

    public static final class Yahoo extends DescribedIdentityProviderFactory {}

    public static final class Yandex extends DescribedIdentityProviderFactory {}

    public static final class Zoom extends DescribedIdentityProviderFactory {}

    // end
}
