package io.gantry.apiserver;

import io.gantry.api.kind.KindCatalog;
import io.gantry.apiserver.encryption.EncryptedStore;
import io.gantry.apiserver.http.ServerTls;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.component.VirtualThreads;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.Store;
import io.gantry.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts an API server as its flags say, in its own process or inside another one.
public final class ServerStart {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);

    private ServerStart() {}

    /// Starts a server over a store that the caller owns; returns when it is ready.
    ///
    /// @param flags as the process takes them; `--secure-port=0` takes a free port
    /// @throws IllegalArgumentException for unknown flags and values that cannot be read
    /// @throws IOException when a file cannot be read or the address cannot be bound
    public static ApiServer start(Store store, String... flags) throws IOException, GeneralSecurityException {
        ServerFlags parsed = ServerFlags.parse(flags);
        return start(store, parsed, prepare(parsed));
    }

    /// What a start needs beside the store: keys and certificates, read, and the classes and libraries that
    /// use them.
    record Prepared(Optional<ServerTls> tls, KubeletTls kubelets) {}

    /// Reads what the flags name, without the store.
    ///
    /// @throws IOException when a file cannot be read
    static Prepared prepare(ServerFlags flags) throws IOException, GeneralSecurityException {
        Optional<ServerTls> tls = tls(flags);
        KindCatalog.all();
        return new Prepared(tls, kubelets(flags));
    }

    static ApiServer start(Store store, ServerFlags flags, Prepared prepared)
            throws IOException, GeneralSecurityException {
        if (flags.encryption().isEmpty()) {
            return ApiServer.start(config(flags, store, prepared), objects -> ProcessSecurity.create(flags, objects));
        }
        EncryptedStore encrypted = EncryptedStore.over(store, flags.encryption().get());
        ApiServer server =
                ApiServer.start(config(flags, encrypted, prepared), objects -> ProcessSecurity.create(flags, objects));
        VirtualThreads.background().name("encryption").start(() -> rewrite(encrypted));
        return server;
    }

    /// Brings what was written with other keys, or with none, to the first one.
    private static void rewrite(EncryptedStore store) {
        try {
            int written = store.rewrite();
            LOG.info("encrypted {} values anew", written);
        } catch (StoreException e) {
            LOG.warn("cannot encrypt old values anew: {}", e.getMessage());
        }
    }

    private static Optional<ServerTls> tls(ServerFlags flags) throws IOException, GeneralSecurityException {
        if (flags.tlsCertificate().isEmpty()) {
            return Optional.empty();
        }
        Path key = flags.tlsKey()
                .orElseThrow(() ->
                        new IllegalArgumentException("--tls-private-key-file must be given with --tls-cert-file"));
        if (flags.selfSigned()) {
            OwnCertificate.provide(flags.tlsCertificate().get(), key, flags.bindAddress(), flags.advertiseAddress());
        }
        return Optional.of(TlsFiles.read(
                flags.tlsCertificate().get(),
                key,
                flags.tlsNamed(),
                flags.clientCa(),
                flags.frontProxy().clientCa()));
    }

    private static ServerConfig config(ServerFlags flags, Store store, Prepared prepared)
            throws IOException, GeneralSecurityException {
        return new ServerConfig(
                new InetSocketAddress(flags.bindAddress(), flags.securePort()),
                prepared.tls(),
                store,
                Optional.of(flags.advertiseAddress()),
                flags.serviceCidr(),
                flags.nodePorts(),
                InstantSource.system(),
                prepared.kubelets(),
                new ServerConfig.Options(
                        new ServerConfig.Shutdown(flags.shutdownDelay(), flags.goawayChance()),
                        flags.frontProxy().identity(),
                        flags.admission(),
                        flags.browsers(),
                        flags.watchTimeout(),
                        flags.settings()));
    }

    private static KubeletTls kubelets(ServerFlags flags) throws IOException, GeneralSecurityException {
        Optional<Path> ca = flags.kubeletCa();
        List<X509Certificate> authorities = ca.isPresent() ? Pem.certificates(ca.get()) : List.of();
        Optional<Path> certificate = flags.kubeletCertificate();
        if (certificate.isEmpty()) {
            return KubeletTls.of(TlsContexts.client(authorities, Optional.empty(), List.of()));
        }
        PrivateKey key = Pem.privateKey(flags.kubeletKey()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--kubelet-client-key must be given with --kubelet-client-certificate")));
        List<X509Certificate> chain = Pem.certificates(certificate.get());
        return new KubeletTls(
                TlsContexts.client(authorities, Optional.of(key), chain),
                TlsContexts.unverified(Optional.of(key), chain));
    }
}
