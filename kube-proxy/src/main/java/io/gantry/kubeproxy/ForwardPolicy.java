package io.gantry.kubeproxy;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets pod traffic through where the host's own firewall drops what it forwards (as Docker sets it up): no table of
/// ours can undo a drop in another, so its FORWARD chain gets two rules.
final class ForwardPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardPolicy.class);

    private final Command command;
    private final String clusterCidr;

    ForwardPolicy(Command command, String clusterCidr) {
        this.command = command;
        this.clusterCidr = clusterCidr;
    }

    /// Adds the rules where the policy is to drop; does nothing on a host without iptables.
    void accept() {
        try {
            if (clusterCidr.isEmpty() || !drops()) {
                return;
            }
            for (String direction : new String[] {"-s", "-d"}) {
                if (!has(direction)) {
                    command.run("", "iptables", "-w", "-I", "FORWARD", direction, clusterCidr, "-j", "ACCEPT");
                    LOG.info("the host drops forwarded packets: FORWARD now accepts {} {}", direction, clusterCidr);
                }
            }
        } catch (IOException e) {
            LOG.warn("the host's firewall may drop pod traffic: {}", e.getMessage());
        }
    }

    /// Takes the rules away again.
    void restore() {
        try {
            for (String direction : new String[] {"-s", "-d"}) {
                while (drops() && has(direction)) {
                    command.run("", "iptables", "-w", "-D", "FORWARD", direction, clusterCidr, "-j", "ACCEPT");
                }
            }
        } catch (IOException e) {
            LOG.warn("rules of FORWARD not removed: {}", e.getMessage());
        }
    }

    /// Looks with nft, since asking iptables would create its tables.
    private boolean drops() {
        try {
            return command.run("", "nft", "list", "chain", "ip", "filter", "FORWARD")
                    .contains("policy drop");
        } catch (IOException e) {
            LOG.debug("no FORWARD chain: {}", e.getMessage());
            return false;
        }
    }

    private boolean has(String direction) {
        try {
            command.run("", "iptables", "-w", "-C", "FORWARD", direction, clusterCidr, "-j", "ACCEPT");
            return true;
        } catch (IOException e) {
            LOG.debug("FORWARD has no rule {} {}: {}", direction, clusterCidr, e.getMessage());
            return false;
        }
    }
}
