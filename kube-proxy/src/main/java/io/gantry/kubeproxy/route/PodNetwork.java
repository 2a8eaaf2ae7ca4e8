package io.gantry.kubeproxy.route;

import io.gantry.kubeproxy.Command;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ways to the pods of other nodes, in the kernel. No program is started while nothing changes. One owner thread.
public final class PodNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(PodNetwork.class);

    private final Command command;
    private final OverlayMode mode;
    private final Routes routes;
    private final OverlayDevice overlay;
    private Optional<Applied> applied = Optional.empty();
    private String problem = "";

    public PodNetwork(Command command, OverlayMode mode) {
        this.command = command;
        this.mode = mode;
        this.routes = new Routes(command);
        this.overlay = new OverlayDevice(command);
    }

    /// What a node has to know.
    ///
    /// @param node its own address; empty while it has none
    /// @param podCidr of its own pods; empty while it has none
    /// @param others pod CIDR to node's address
    public record Wanted(String node, String podCidr, SortedMap<String, String> others) {}

    private record Applied(Wanted wanted, SortedMap<String, Hop> hops) {}

    /// Makes the ways as they are wanted. What cannot be made is logged once and tried again at the next call.
    ///
    /// @return whether all is as wanted
    /// @throws IOException when the kernel does not tell what is there
    public boolean apply(Wanted wanted) throws IOException {
        if (applied.isPresent() && applied.get().wanted().equals(wanted)) {
            return true;
        }
        Ways ways = mode == OverlayMode.NEVER
                ? new Ways(Map.of())
                : Ways.of(wanted.others().values(), command);
        OverlayPlan plan = OverlayPlan.of(wanted.others(), ways.offLink(), mode);
        boolean ready = plan.ends().isEmpty() || isKnown(wanted);
        boolean complete = ready && makeOverlay(wanted, plan, ways);
        complete &= routes.apply(ready ? plan.hops() : withoutOverlay(plan));
        if (plan.ends().isEmpty()) {
            overlay.remove();
        }
        applied = complete ? Optional.of(new Applied(wanted, plan.hops())) : Optional.empty();
        return complete;
    }

    /// A node gets its address and its pods' addresses soon after its start.
    private static boolean isKnown(Wanted wanted) {
        return !wanted.node().isEmpty() && !wanted.podCidr().isEmpty();
    }

    private static SortedMap<String, Hop> withoutOverlay(OverlayPlan plan) {
        SortedMap<String, Hop> hops = new TreeMap<>(plan.hops());
        hops.values().removeIf(Hop::overlay);
        return hops;
    }

    private boolean makeOverlay(Wanted wanted, OverlayPlan plan, Ways ways) {
        if (plan.ends().isEmpty()) {
            return true;
        }
        try {
            int bytes = ways.linkBytes(plan.ends().values(), command);
            overlay.apply(wanted.node(), wanted.podCidr(), bytes, plan.ends());
            problem = "";
            return true;
        } catch (IOException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(problem)) {
                LOG.warn("no overlay to the pods of {} nodes: {}", plan.ends().size(), now);
            }
            problem = now;
            return false;
        }
    }

    /// Whether the routes that were made are still there: the kernel forgets them with a link that goes
    /// down. If not, the next [#apply] makes them again.
    ///
    /// @throws IOException when the kernel does not tell
    public boolean isIntact() throws IOException {
        SortedMap<String, Hop> hops = applied.map(Applied::hops).orElseGet(TreeMap::new);
        if (hops.isEmpty() || routes.present().equals(hops)) {
            return true;
        }
        LOG.warn("routes to pods of other nodes are gone: they are made again");
        doubt();
        return false;
    }

    /// Has the next [#apply] look at everything, though nothing else may be wanted.
    public void doubt() {
        applied = Optional.empty();
    }

    /// Takes away all of it.
    ///
    /// @throws IOException when the kernel refuses
    public void remove() throws IOException {
        routes.apply(new TreeMap<>());
        overlay.remove();
    }
}
