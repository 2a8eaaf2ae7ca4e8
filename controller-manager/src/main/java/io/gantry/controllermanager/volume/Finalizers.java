package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts finalizers on and takes them off, conditional on the revision seen.
final class Finalizers {
    private Finalizers() {}

    static <T extends KubernetesObject> void add(Resource<T> resource, T object, String finalizer) {
        List<String> now = new ArrayList<>(object.metadata().finalizers());
        if (!now.contains(finalizer)) {
            now.add(finalizer);
            write(resource, object, now);
        }
    }

    static <T extends KubernetesObject> void remove(Resource<T> resource, T object, String finalizer) {
        List<String> now = new ArrayList<>(object.metadata().finalizers());
        if (now.remove(finalizer)) {
            write(resource, object, now);
        }
    }

    private static <T extends KubernetesObject> void write(Resource<T> resource, T object, List<String> finalizers) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", text(object.metadata().uid()));
        metadata.put("resourceVersion", text(object.metadata().resourceVersion()));
        metadata.put("finalizers", finalizers);
        ObjectKey key = ObjectKey.of(object);
        try {
            resource.patch(key.namespace(), key.name(), Patch.merge(Map.of("metadata", metadata)));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
