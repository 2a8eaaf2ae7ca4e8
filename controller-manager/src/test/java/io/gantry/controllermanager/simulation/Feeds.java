package io.gantry.controllermanager.simulation;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.client.informer.Informer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The informers of one run of the controllers, each as far behind the API as the simulation leaves it.
final class Feeds {
    private final MemoryApi api;
    private final Map<Informer<?>, Integer> read = new LinkedHashMap<>();

    Feeds(MemoryApi api) {
        this.api = api;
    }

    /// A new informer begins with a list of everything.
    void begin(Informer<?> informer) {
        if (!read.containsKey(informer)) {
            relist(informer);
        }
    }

    List<Informer<?>> all() {
        return List.copyOf(read.keySet());
    }

    /// The informers with changes that they have not been told of.
    List<Informer<?>> behind() {
        List<Informer<?>> behind = new ArrayList<>();
        for (Map.Entry<Informer<?>, Integer> entry : read.entrySet()) {
            int next = next(entry.getKey(), entry.getValue());
            entry.setValue(next);
            if (next < api.log().size()) {
                behind.add(entry.getKey());
            }
        }
        return behind;
    }

    /// A watch that broke: a list instead of the changes between.
    <T extends KubernetesObject> void relist(Informer<T> informer) {
        read.put(informer, api.log().size());
        List<T> objects = new ArrayList<>();
        for (ObjectNode object : api.all(informer.kind())) {
            if (isSelected(informer, object)
                    && FieldMatch.matches(informer.selection().fieldSelector(), object)) {
                objects.add(decode(informer, object));
            }
        }
        informer.feed().replace(objects);
    }

    /// Tells of one more change.
    ///
    /// @param twice as when a watch is resumed a little too early
    <T extends KubernetesObject> void deliver(Informer<T> informer, boolean twice) {
        int position = next(informer, read.getOrDefault(informer, 0));
        if (position >= api.log().size()) {
            return;
        }
        read.put(informer, position + 1);
        MemoryApi.Change change = api.log().get(position);
        for (int i = 0; i < (twice ? 2 : 1); i++) {
            T object = change.as(informer.kind().type());
            if (change.deleted() || !FieldMatch.matches(informer.selection().fieldSelector(), change.object())) {
                informer.feed().deleted(object);
            } else {
                informer.feed().changed(object);
            }
        }
    }

    private int next(Informer<?> informer, int from) {
        int position = from;
        while (position < api.log().size() && !concerns(informer, api.log().get(position))) {
            position++;
        }
        return position;
    }

    private static boolean concerns(Informer<?> informer, MemoryApi.Change change) {
        return change.kind().groupResource().equals(informer.kind().groupResource())
                && isSelected(informer, change.object());
    }

    private static boolean isSelected(Informer<?> informer, ObjectNode object) {
        String namespace = informer.selection().namespace();
        return namespace.isEmpty()
                || namespace.equals(object.path("metadata").path("namespace").asString(""));
    }

    private static <T extends KubernetesObject> T decode(Informer<T> informer, ObjectNode object) {
        return Json.MAPPER.treeToValue(object, informer.kind().type());
    }
}
