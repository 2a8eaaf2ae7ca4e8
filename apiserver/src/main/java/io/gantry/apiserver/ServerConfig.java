package io.gantry.apiserver;

import io.gantry.apiserver.aggregation.FrontProxy;
import io.gantry.apiserver.encryption.Encryption;
import io.gantry.apiserver.http.ServerTls;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.store.Store;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// What an API server is made of, apart from its security.
///
/// @param bind port 0 takes a free one
/// @param tls empty serves plain HTTP, for tests
/// @param store owned by the caller
/// @param advertiseAddress the address of the `kubernetes` Service's endpoint; empty makes no such endpoint
/// @param serviceCidr IPv4
/// @param nodePorts `first-last`
/// @param kubelets TLS toward kubelets: their authority, and this server's client certificate
/// @param options what most servers leave as it is
public record ServerConfig(
        InetSocketAddress bind,
        Optional<ServerTls> tls,
        Store store,
        Optional<String> advertiseAddress,
        String serviceCidr,
        String nodePorts,
        InstantSource clock,
        KubeletTls kubelets,
        Options options) {
    public static final String SERVICE_CIDR = "10.96.0.0/16";
    public static final String NODE_PORTS = "30000-32767";

    /// A server that ends at once, without a certificate for aggregated servers.
    public ServerConfig(
            InetSocketAddress bind,
            Optional<ServerTls> tls,
            Store store,
            Optional<String> advertiseAddress,
            String serviceCidr,
            String nodePorts,
            InstantSource clock,
            KubeletTls kubelets) {
        this(bind, tls, store, advertiseAddress, serviceCidr, nodePorts, clock, kubelets, Options.NONE);
    }

    /// What a server does as most do unless it is told.
    ///
    /// @param shutdown how connections end
    /// @param frontProxy how this server shows itself to aggregated servers
    /// @param admission which plugins do not run
    /// @param browsers what browsers are told
    /// @param watchTimeout of watches that name none: up to twice as long; zero ends none
    /// @param flags of the process, which it shows
    /// @param encryption of the store; closed with the server
    public record Options(
            Shutdown shutdown,
            FrontProxy frontProxy,
            AdmissionFlags admission,
            BrowserFlags browsers,
            Duration watchTimeout,
            Map<String, String> flags,
            Optional<Encryption> encryption) {
        /// Upstream's `--min-request-timeout`.
        public static final Duration WATCH_TIMEOUT = Duration.ofMinutes(30);

        public static final Options NONE = new Options(
                Shutdown.AT_ONCE,
                FrontProxy.NONE,
                AdmissionFlags.NONE,
                BrowserFlags.NONE,
                WATCH_TIMEOUT,
                Map.of(),
                Optional.empty());

        public Options {
            flags = Map.copyOf(flags);
        }

        /// The same with another way to end.
        public Options withShutdown(Shutdown other) {
            return new Options(other, frontProxy, admission, browsers, watchTimeout, flags, encryption);
        }

        /// The same with another front proxy.
        public Options withFrontProxy(FrontProxy other) {
            return new Options(shutdown, other, admission, browsers, watchTimeout, flags, encryption);
        }

        /// The same with other plugins switched on or off.
        public Options withAdmission(AdmissionFlags other) {
            return new Options(shutdown, frontProxy, other, browsers, watchTimeout, flags, encryption);
        }

        /// The same with something else to tell browsers.
        public Options withBrowsers(BrowserFlags other) {
            return new Options(shutdown, frontProxy, admission, other, watchTimeout, flags, encryption);
        }

        /// The same with another end of watches that name none.
        public Options withWatchTimeout(Duration other) {
            return new Options(shutdown, frontProxy, admission, browsers, other, flags, encryption);
        }

        /// The same with other flags to show.
        public Options withFlags(Map<String, String> other) {
            return new Options(shutdown, frontProxy, admission, browsers, watchTimeout, other, encryption);
        }
    }

    /// How a server lets go of its clients.
    ///
    /// @param delay how long it serves on after `/readyz` began to fail
    /// @param goawayChance how likely a request over HTTP/2 makes its client connect anew, 0 to 0.02
    public record Shutdown(Duration delay, double goawayChance) {
        public static final Shutdown AT_ONCE = new Shutdown(Duration.ZERO, 0);
    }

    /// The same with another address in the endpoints of `kubernetes`.
    public ServerConfig withAdvertiseAddress(String address) {
        return new ServerConfig(
                bind, tls, store, Optional.of(address), serviceCidr, nodePorts, clock, kubelets, options);
    }

    /// The same with another way to kubelets.
    public ServerConfig withKubelets(KubeletTls other) {
        return new ServerConfig(bind, tls, store, advertiseAddress, serviceCidr, nodePorts, clock, other, options);
    }

    /// The same with other options.
    public ServerConfig with(Options other) {
        return new ServerConfig(bind, tls, store, advertiseAddress, serviceCidr, nodePorts, clock, kubelets, other);
    }

    /// For tests: plain HTTP on a free loopback port.
    public static ServerConfig local(Store store) {
        try {
            return local(store, KubeletTls.of(SSLContext.getDefault()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static ServerConfig local(Store store, KubeletTls kubelets) {
        return new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                store,
                Optional.empty(),
                SERVICE_CIDR,
                NODE_PORTS,
                InstantSource.system(),
                kubelets);
    }
}
