package io.gantry.cli.node;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.client.ApiClient;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectList;
import io.gantry.client.Watch;
import io.gantry.client.WatchEvent;
import io.gantry.client.WatchOptions;
import java.time.Duration;
import java.util.Optional;

/// Waits for a Node to be Ready by watching it.
public final class NodeReadiness {
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
}
