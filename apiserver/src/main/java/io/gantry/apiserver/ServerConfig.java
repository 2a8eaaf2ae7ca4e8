package io.gantry.apiserver;

import io.gantry.apiserver.http.ServerTls;
import io.gantry.store.Store;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
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
public record ServerConfig(
        InetSocketAddress bind,
        Optional<ServerTls> tls,
        Store store,
        Optional<String> advertiseAddress,
        String serviceCidr,
        String nodePorts,
        InstantSource clock,
        SSLContext kubelets) {
    public static final String SERVICE_CIDR = "10.96.0.0/16";
    public static final String NODE_PORTS = "30000-32767";

    /// For tests: plain HTTP on a free loopback port.
    public static ServerConfig local(Store store) {
        try {
            return local(store, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static ServerConfig local(Store store, SSLContext kubelets) {
        return new ServerConfig(
                new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                store,
                Optional.empty(),
                SERVICE_CIDR,
                NODE_PORTS,
                InstantSource.system(),
                kubelets);
    }
}
