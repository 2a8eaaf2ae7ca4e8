package io.gantry.component.netty;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/// TLS 1.2 and 1.3 for HTTP/2 and HTTP/1.1, whichever both sides know: by BoringSSL where its library loads, else by
/// the JDK. Processes run without the optimising compiler, and the JDK's ciphers are ordinary code then: they were
/// three quarters of what a watch costs.
public final class NettyTls {
    private NettyTls() {}

    /// For a server.
    ///
    /// @param identities as which it shows itself; whoever asks under one alias gets one identity
    public static SslContextBuilder server(X509ExtendedKeyManager identities) {
        KeyManagerFactory keys = new KeyManagerFactoryWrapper(identities);
        return http(SslContextBuilder.forServer(
                OpenSsl.isAvailable() ? new OpenSslCachingX509KeyManagerFactory(keys) : keys));
    }

    /// For a client; whom it trusts, and who it is, is the caller's to say.
    public static SslContextBuilder client() {
        return http(SslContextBuilder.forClient());
    }

    private static SslContextBuilder http(SslContextBuilder builder) {
        return builder.sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1));
    }
}
