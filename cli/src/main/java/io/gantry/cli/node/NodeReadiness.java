package io.gantry.cli.node;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.client.ApiClient;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectList;
import io.gantry.client.Watch;
import io.gantry.client.WatchEvent;
import io.gantry.client.WatchOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a Node is Ready, and what it lacks; waits for it by watching it.
public final class NodeReadiness {
    private static final Map<String, String> SHORTAGES =
            Map.of("DiskPressure", "disk", "MemoryPressure", "memory", "PIDPressure", "process numbers");

    private NodeReadiness() {}

    /// True as soon as the node is Ready; false after the limit.
    public static boolean await(ApiClient client, String name, Duration limit) throws InterruptedException {
        String selector = "metadata.name=" + name;
        ObjectList<Node> now =
                client.resource(NodeKind.KIND).list(ListOptions.all().withFieldSelector(selector));
        if (now.items().stream().anyMatch(NodeReadiness::isReady)) {
            return true;
        }
        WatchOptions options = WatchOptions.from(now.resourceVersion())
                .withFieldSelector(selector)
                .withTimeout(limit);
        try (Watch<Node> watch = client.resource(NodeKind.KIND).watch(options)) {
            Optional<WatchEvent<Node>> event = watch.next();
            while (event.isPresent()) {
                boolean ready = switch (event.get()) {
                    case WatchEvent.Added<Node>(Node node) -> isReady(node);
                    case WatchEvent.Modified<Node>(Node node) -> isReady(node);
                    case WatchEvent.Deleted<Node> deleted -> false;
                    case WatchEvent.Bookmark<Node> bookmark -> false;
                };
                if (ready) {
                    return true;
                }
                event = watch.next();
            }
        }
        return false;
    }

    /// Whether the condition Ready is True.
    public static boolean isReady(Node node) {
        return node.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Ready") && condition.status().equals("True"));
    }

    /// What the node says that it is short of (its conditions of pressure): pods do not come to it then.
    ///
    /// @return in words, e.g. `disk`
    public static List<String> shortages(Node node) {
        Set<String> pressures = node.status().conditions().stream()
                .filter(condition -> condition.status().equals("True"))
                .map(NodeCondition::type)
                .collect(Collectors.toSet());
        return SHORTAGES.entrySet().stream()
                .filter(shortage -> pressures.contains(shortage.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    /// What to know of a node that is short.
    public static String warning(String name, List<String> shortages) {
        return "node " + name + " is short of " + String.join(" and ", shortages)
                + ": no pods are placed on it, and some may be ended, until there is room again";
    }
}
