package io.gantry.client.informer;

/// Which objects an informer follows; empty texts mean all.
public record Selection(String namespace, String labelSelector, String fieldSelector) {
    public static Selection all() {
        return new Selection("", "", "");
    }

    public static Selection ofFields(String fieldSelector) {
        return new Selection("", "", fieldSelector);
    }

    public static Selection inNamespace(String namespace) {
        return new Selection(namespace, "", "");
    }
}
