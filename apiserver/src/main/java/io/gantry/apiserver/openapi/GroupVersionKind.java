package io.gantry.apiserver.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Names a kind in a document.
record GroupVersionKind(String group, String version, String kind) {
    static final String EXTENSION = "x-kubernetes-group-version-kind";

    void write(ObjectNode node) {
        node.put("group", group).put("kind", kind).put("version", version);
    }

    void append(ArrayNode array) {
        write(array.addObject());
    }
}
