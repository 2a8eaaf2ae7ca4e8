package io.gantry.client.informer;

/// Which objects an informer follows; empty texts mean all.
public record Selection(String namespace, String labelSelector, String fieldSelector) {
    /// All objects of a kind, in all namespaces.
    public static Selection all() {
        return new Selection("", "", "");
    }

    /// Objects with these fields, e.g. `spec.nodeName=node-1`.
    public static Selection ofFields(String fieldSelector) {
        return new Selection("", "", fieldSelector);
    }

    /// All objects of one namespace.
    public static Selection inNamespace(String namespace) {
        return new Selection(namespace, "", "");
    }
}
