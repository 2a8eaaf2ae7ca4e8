package io.gantry.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a watch asks for. Empty texts mean "not given".
///
/// @param resourceVersion events after this revision
/// @param timeout after which the server ends the watch
public record WatchOptions(
        String namespace, String labelSelector, String fieldSelector, String resourceVersion, Duration timeout) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(8);

    /// A watch over everything after `resourceVersion`.
    public static WatchOptions from(String resourceVersion) {
        return new WatchOptions("", "", "", resourceVersion, DEFAULT_TIMEOUT);
    }

    /// Events of one namespace.
    public WatchOptions withNamespace(String ns) {
        return new WatchOptions(ns, labelSelector, fieldSelector, resourceVersion, timeout);
    }

    /// Only events of what these fields have, e.g. `metadata.name=web`.
    public WatchOptions withFieldSelector(String selector) {
        return new WatchOptions(namespace, labelSelector, selector, resourceVersion, timeout);
    }

    /// Only events of what this selector matches.
    public WatchOptions withLabelSelector(String selector) {
        return new WatchOptions(namespace, selector, fieldSelector, resourceVersion, timeout);
    }

    /// Lets the server end the watch after this time, in whole seconds.
    public WatchOptions withTimeout(Duration limit) {
        return new WatchOptions(namespace, labelSelector, fieldSelector, resourceVersion, limit);
    }

    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("watch", "true");
        query.put("allowWatchBookmarks", "true");
        query.put("timeoutSeconds", Long.toString(timeout.toSeconds()));
        if (!resourceVersion.isEmpty()) {
            query.put("resourceVersion", resourceVersion);
        }
        if (!labelSelector.isEmpty()) {
            query.put("labelSelector", labelSelector);
        }
        if (!fieldSelector.isEmpty()) {
            query.put("fieldSelector", fieldSelector);
        }
        return query;
    }
}
