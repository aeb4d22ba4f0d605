package dev.socialexchange.keycloak.simulator;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Presents a certificate for whatever host name the caller asks for (SNI). */
final class AnyHostKeyManager extends X509ExtendedKeyManager {

    private final CertificateAuthority authority;

    AnyHostKeyManager(CertificateAuthority authority) {
        this.authority = authority;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        if (!"EC".equals(keyType)) {
            return null;
        }
        ExtendedSSLSession session = (ExtendedSSLSession) engine.getHandshakeSession();
        return session.getRequestedServerNames().stream()
                .map(name -> new SNIHostName(name.getEncoded()).getAsciiName())
                .findFirst()
                .orElse("localhost");
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return authority.chain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return authority.hostKey();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("The server uses an engine");
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
