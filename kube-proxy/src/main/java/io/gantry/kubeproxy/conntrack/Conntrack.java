package io.gantry.kubeproxy.conntrack;

import io.gantry.kubeproxy.service.ServicePortInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets stale UDP flows. One owner thread.
public final class Conntrack {
    private static final Logger LOG = LoggerFactory.getLogger(Conntrack.class);

    private final FlowTable flows;
    private StaleFlows last = new StaleFlows(Map.of(), Map.of());

    public Conntrack(FlowTable flows) {
        this.flows = flows;
    }

    /// To be called after the rules of `services` are in force. Looks at the kernel's table where
    /// addresses or endpoints of UDP services changed, and tries again at the next call when that
    /// failed.
    public void forgetStale(List<ServicePortInfo> services) {
        StaleFlows now = StaleFlows.of(services);
        if (now.equals(last)) {
            return;
        }
        try {
            if (!now.isEmpty()) {
                List<Flow> stale = now.among(flows.udp());
                flows.forget(stale);
                if (!stale.isEmpty()) {
                    LOG.info("{} UDP flows to former endpoints forgotten", stale.size());
                }
            }
            last = now;
        } catch (IOException e) {
            LOG.warn(
                    "stale UDP flows not forgotten, their clients notice after 30 s without a packet: {}",
                    e.toString());
        }
    }
}
