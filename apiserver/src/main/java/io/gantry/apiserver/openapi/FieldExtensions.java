package io.gantry.apiserver.openapi;

import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a field's annotations say to clients: list type, map type, patch strategy.
final class FieldExtensions {
    private FieldExtensions() {}

    static void write(ObjectNode node, RecordComponent component) {
        ListType list = component.getAnnotation(ListType.class);
        if (list != null) {
            if (list.keys().length > 0) {
                ArrayNode keys = node.putArray("x-kubernetes-list-map-keys");
                for (String key : list.keys()) {
                    keys.add(key);
                }
            }
            node.put("x-kubernetes-list-type", list.value().name().toLowerCase(Locale.ROOT));
        }
        Atomic atomic = component.getAnnotation(Atomic.class);
        if (atomic != null) {
            node.put("x-kubernetes-map-type", atomic.value() ? "atomic" : "granular");
        }
        PatchStrategy strategy = component.getAnnotation(PatchStrategy.class);
        if (strategy != null) {
            if (!strategy.mergeKey().isEmpty()) {
                node.put("x-kubernetes-patch-merge-key", strategy.mergeKey());
            }
            node.put("x-kubernetes-patch-strategy", strategy.value());
        }
    }
}
