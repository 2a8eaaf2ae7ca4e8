package io.gantry.kubeproxy;

import io.gantry.kubeproxy.service.ServicePortInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets stale UDP flows with the `conntrack` program, where the host has it; without it they end by themselves after
/// 30 s without a packet. One owner thread.
final class Conntrack {
    private static final Logger LOG = LoggerFactory.getLogger(Conntrack.class);
    private static final String NOTHING_FOUND = "0 flow entries have been deleted";
    private static final int MAX_DELETIONS = 1000;

    private final Command command;
    private List<ServicePortInfo> last = List.of();
    private boolean available = true;

    Conntrack(Command command) {
        this.command = command;
    }

    /// To be called after the rules of `services` are in force.
    void forgetStale(List<ServicePortInfo> services) {
        List<List<String>> deletions = StaleFlows.between(last, services);
        last = services;
        for (List<String> deletion : deletions.subList(0, Math.min(deletions.size(), MAX_DELETIONS))) {
            if (!available) {
                return;
            }
            List<String> words = new ArrayList<>(List.of("conntrack", "-D", "-p", "udp"));
            words.addAll(deletion);
            run(words);
        }
    }

    private void run(List<String> words) {
        try {
            command.run("", words.toArray(String[]::new));
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("Cannot run program")) {
                available = false;
                LOG.info("no conntrack program: UDP clients notice changed endpoints after up to 30 s");
            } else if (!message.contains(NOTHING_FOUND)) {
                LOG.warn("stale UDP flows not forgotten: {}", message);
            }
        }
    }
}
