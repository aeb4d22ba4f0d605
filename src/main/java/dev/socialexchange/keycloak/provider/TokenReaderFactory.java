package dev.socialexchange.keycloak.provider;

import org.keycloak.provider.ProviderFactory;

/** Of {@link TokenReader}. */
public interface TokenReaderFactory extends ProviderFactory<TokenReader> {}
