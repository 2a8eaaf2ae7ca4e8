package io.gantry.apiserver.resourcemetrics;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// What nodes used when they were asked last, for a few seconds; then they are asked anew. Whoever asks while somebody
/// else does waits for the same answer. Thread-safe; blocks.
final class NodeUsages {
    private static final Logger LOG = LoggerFactory.getLogger(NodeUsages.class);
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration YOUNGEST = Duration.ofMillis(500);
    private static final Duration FAILED = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final Source source;
    private final InstantSource clock;
    private final Duration secondLook;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /// Who tells what a node uses.
    interface Source {
        Sample ask(String name, JsonNode node) throws IOException;
    }

    /// @param secondLook how long to wait before a kubelet is asked again that did not know how much is used
    NodeUsages(Source source, InstantSource clock, Duration secondLook) {
        this.source = source;
        this.clock = clock;
        this.secondLook = secondLook;
    }

    /// One node; guarded by itself.
    private static final class Entry {
        private Sample sample = Sample.NONE;
        private NodeUsage usage = NodeUsage.NOTHING;
        private Instant taken = Instant.MIN;
        private Instant until = Instant.MIN;
        private volatile Instant asked = Instant.MAX;
    }

    /// @param node the Node as it is stored
    /// @param enough whether all that is wanted is there: a pod may have come since the node was asked
    NodeUsage of(String name, JsonNode node, Predicate<NodeUsage> enough) throws InterruptedException {
        Entry entry = entries.computeIfAbsent(name, n -> new Entry());
        synchronized (entry) {
            Instant now = clock.instant();
            entry.asked = now;
            boolean isOld = now.isAfter(entry.until);
            if (isOld || now.isAfter(entry.taken.plus(YOUNGEST)) && !enough.test(entry.usage)) {
                refresh(name, node, entry);
            }
            return entry.usage;
        }
    }

    private void refresh(String name, JsonNode node, Entry entry) throws InterruptedException {
        try {
            look(name, node, entry);
            if (!entry.usage.complete()) {
                TimeUnit.MILLISECONDS.sleep(secondLook.toMillis());
                look(name, node, entry);
            }
            entry.taken = clock.instant();
            entry.until = entry.taken.plus(FRESH);
        } catch (IOException e) {
            LOG.warn("node {} does not tell what it uses: {}", name, e.getMessage());
            entry.usage = NodeUsage.NOTHING;
            entry.until = clock.instant().plus(FAILED);
            entry.taken = entry.until;
        }
    }

    private void look(String name, JsonNode node, Entry entry) throws IOException {
        Sample now = source.ask(name, node);
        entry.usage = UsagePlan.of(entry.sample, now);
        entry.sample = now;
    }

    /// Forgets nodes of which nobody asked for minutes.
    void forget() {
        Instant old = clock.instant().minus(KEPT);
        entries.values().removeIf(entry -> entry.asked.isBefore(old));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
