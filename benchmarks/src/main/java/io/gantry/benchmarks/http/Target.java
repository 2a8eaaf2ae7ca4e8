package io.gantry.benchmarks.http;

import io.gantry.client.Kubeconfig;
import io.gantry.component.pki.Pem;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Where to send requests, and as whom.
///
/// @param tls empty for plain HTTP/2 with prior knowledge (etcd)
/// @param anonymousTls the same without a client certificate
/// @param basePath before every path, empty at most servers
/// @param authorization the header's value, empty with a client certificate
public record Target(
        InetSocketAddress address,
        String authority,
        Optional<SslContext> tls,
        Optional<SslContext> anonymousTls,
        String basePath,
        String authorization) {

    /// The cluster of a kubeconfig.
    ///
    /// @throws IllegalArgumentException when its certificates or keys cannot be read
    public static Target of(Kubeconfig config) {
        URI server = config.server();
        int port = server.getPort() > 0 ? server.getPort() : server.getScheme().equals("http") ? 80 : 443;
        Optional<SslContext> tls =
                server.getScheme().equals("http") ? Optional.empty() : Optional.of(context(config, true));
        String token = new String(config.token().read(), StandardCharsets.UTF_8).strip();
        return new Target(
                new InetSocketAddress(server.getHost().replaceAll("[\\[\\]]", ""), port),
                server.getHost() + ":" + port,
                tls,
                tls.map(with -> context(config, false)),
                server.getPath().replaceAll("/$", ""),
                token.isEmpty() ? "" : "Bearer " + token);
    }

    /// Plain HTTP/2 without negotiation.
    public static Target plain(InetSocketAddress address) {
        return new Target(
                address, address.getHostString() + ":" + address.getPort(), Optional.empty(), Optional.empty(), "", "");
    }

    /// The same server with a token instead of a client certificate.
    public Target withToken(String token) {
        return new Target(address, authority, anonymousTls, anonymousTls, basePath, "Bearer " + token);
    }

    private static SslContext context(Kubeconfig config, boolean certificate) {
        try {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2));
            if (config.insecureSkipTlsVerify()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
            } else if (config.certificateAuthority().isPresent()) {
                builder.trustManager(certificates(config.certificateAuthority().read()));
            }
            if (certificate && config.clientCertificate().isPresent()) {
                builder.keyManager(
                        Pem.privateKey(text(config.clientKey().read())),
                        certificates(config.clientCertificate().read()));
            }
            return builder.build();
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalArgumentException("the kubeconfig's certificates: " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] certificates(byte[] pem) throws GeneralSecurityException {
        return Pem.certificates(text(pem)).toArray(X509Certificate[]::new);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
