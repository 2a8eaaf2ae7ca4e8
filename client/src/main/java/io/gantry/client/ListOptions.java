package io.gantry.client;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a list asks for. Empty texts mean "not given".
///
/// @param namespace empty for all namespaces, and for cluster-scoped kinds
/// @param resourceVersion empty for the newest state, `0` for any cached one
/// @param limit the page size, 0 for no limit
/// @param continueToken from the page before
public record ListOptions(
        String namespace,
        String labelSelector,
        String fieldSelector,
        String resourceVersion,
        int limit,
        String continueToken) {

    /// Everything, newest state, in one page.
    public static ListOptions all() {
        return new ListOptions("", "", "", "", 0, "");
    }

    /// Everything of one namespace.
    public static ListOptions inNamespace(String namespace) {
        return new ListOptions(namespace, "", "", "", 0, "");
    }

    /// Only what this selector matches, in kubectl's form: `app=web,tier in (a,b)`.
    public ListOptions withLabelSelector(String selector) {
        return new ListOptions(namespace, selector, fieldSelector, resourceVersion, limit, continueToken);
    }

    /// Only what these fields have, e.g. `spec.nodeName=node-1`; each kind says which fields can be asked for.
    public ListOptions withFieldSelector(String selector) {
        return new ListOptions(namespace, labelSelector, selector, resourceVersion, limit, continueToken);
    }

    /// A state that is not older than this revision; `0` for any cached one, which spares the store.
    public ListOptions withResourceVersion(String version) {
        return new ListOptions(namespace, labelSelector, fieldSelector, version, limit, continueToken);
    }

    /// Pages of so many objects; 0 for no limit. The next page is asked for by [#withContinue].
    public ListOptions withLimit(int pageSize) {
        return new ListOptions(namespace, labelSelector, fieldSelector, resourceVersion, pageSize, continueToken);
    }

    /// The page after one that returned `token`; the token holds the revision, so none is sent beside it.
    public ListOptions withContinue(String token) {
        return new ListOptions(namespace, labelSelector, fieldSelector, "", limit, token);
    }

    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "labelSelector", labelSelector);
        put(query, "fieldSelector", fieldSelector);
        put(query, "resourceVersion", resourceVersion);
        put(query, "limit", limit > 0 ? Integer.toString(limit) : "");
        put(query, "continue", continueToken);
        return query;
    }

    private static void put(Map<String, String> query, String name, String value) {
        if (!value.isEmpty()) {
            query.put(name, value);
        }
    }
}
