package io.gantry.kubeproxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kernel settings of this network namespace that services need.
final class Sysctls {
    private static final Logger LOG = LoggerFactory.getLogger(Sysctls.class);
    private static final Path ROOT = Path.of("/proc/sys/net");

    private static final String CLOSE_WAIT_SECONDS = "3600";
    private static final String ESTABLISHED_SECONDS = "86400";

    private Sysctls() {}

    /// Forwards packets, and lets 127.0.0.1 reach node ports.
    static void enableForwarding() {
        set("ipv4/ip_forward");
        set("ipv4/conf/all/route_localnet");
    }

    /// Makes packets between pods on one bridge pass netfilter.
    ///
    /// @return false where the kernel cannot
    static boolean filterBridges() {
        return set("bridge/bridge-nf-call-iptables");
    }

    /// Half-closed connections and idle ones live as long as with upstream's defaults.
    static void keepConnections() {
        set("netfilter/nf_conntrack_tcp_timeout_close_wait", CLOSE_WAIT_SECONDS);
        set("netfilter/nf_conntrack_tcp_timeout_established", ESTABLISHED_SECONDS);
    }

    private static boolean set(String name) {
        return set(name, "1");
    }

    private static boolean set(String name, String value) {
        Path file = ROOT.resolve(name);
        try {
            if (!Files.readString(file).strip().equals(value)) {
                Files.writeString(file, value);
            }
            return true;
        } catch (IOException e) {
            LOG.warn("kernel setting {} not set: {}", name, e.toString());
            return false;
        }
    }
}
