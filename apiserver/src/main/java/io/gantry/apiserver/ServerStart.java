package io.gantry.apiserver;

import io.gantry.api.kind.KindCatalog;
import io.gantry.apiserver.encryption.Encryption;
import io.gantry.apiserver.http.ServerTls;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.component.HostName;
import io.gantry.store.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;

/// Starts an API server as its flags say, in its own process or inside another one.
public final class ServerStart {
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
        Optional<ServerTls> tls = tls(flags.serving(), flags.authentication());
        KindCatalog.all();
        return new Prepared(tls, flags.kubelets().tls());
    }

    static ApiServer start(Store store, ServerFlags flags, Prepared prepared)
            throws IOException, GeneralSecurityException {
        Optional<Encryption> encryption = encryption(flags.storage());
        try {
            ApiServer server = ApiServer.start(
                    config(flags, store, encryption, prepared), objects -> ProcessSecurity.create(flags, objects));
            encryption.ifPresent(keys -> keys.keepCurrent(store));
            return server;
        } catch (IOException | GeneralSecurityException | RuntimeException refused) {
            encryption.ifPresent(Encryption::close);
            throw refused;
        }
    }

    private static Optional<Encryption> encryption(StorageFlags flags) throws IOException {
        return flags.encryption().isEmpty()
                ? Optional.empty()
                : Optional.of(Encryption.open(
                        flags.encryption().get(),
                        flags.encryptionFollowed(),
                        ServerIdentity.of(HostName.read()),
                        InstantSource.system()));
    }

    private static Optional<ServerTls> tls(ServingFlags serving, AuthenticationFlags authentication)
            throws IOException, GeneralSecurityException {
        if (serving.certificate().isEmpty()) {
            return Optional.empty();
        }
        Path certificate = serving.certificate().get();
        Path key = serving.key()
                .orElseThrow(() ->
                        new IllegalArgumentException("--tls-private-key-file must be given with --tls-cert-file"));
        if (serving.selfSigned()) {
            OwnCertificate.provide(certificate, key, serving.bindAddress(), serving.advertiseAddress());
        }
        return Optional.of(TlsFiles.read(
                certificate,
                key,
                serving.named(),
                authentication.clientCa(),
                authentication.frontProxy().clientCa()));
    }

    private static ServerConfig config(
            ServerFlags flags, Store store, Optional<Encryption> encryption, Prepared prepared)
            throws IOException, GeneralSecurityException {
        ServingFlags serving = flags.serving();
        return new ServerConfig(
                new InetSocketAddress(serving.bindAddress(), serving.securePort()),
                prepared.tls(),
                encryption.map(keys -> keys.over(store)).orElse(store),
                Optional.of(serving.advertiseAddress()),
                flags.services().cidr(),
                flags.services().nodePorts(),
                InstantSource.system(),
                prepared.kubelets(),
                new ServerConfig.Options(
                        serving.shutdown(),
                        flags.authentication().frontProxy().identity(),
                        flags.admission(),
                        flags.browsers(),
                        serving.watchTimeout(),
                        flags.settings(),
                        encryption));
    }
}
