package io.gantry.controllermanager.simulation;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import io.gantry.api.patch.MergePatch;
import io.gantry.api.patch.StrategicMergePatch;
import io.gantry.api.schema.Schemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a request is about, and what the kind's rules make of an object.
record Target(Kind<?> kind, String namespace, String name, String subresource) {
    private static final Map<String, KindDefinition<?>> BY_PATH = new TreeMap<>();

    static {
        KindCatalog.all()
                .forEach(d -> BY_PATH.put(d.kind().basePath() + "/" + d.kind().plural(), d));
    }

    static Target of(String pathAndQuery) {
        String path = pathAndQuery.split("\\?")[0];
        String[] parts = path.split("/");
        int start = parts[1].equals("api") ? 3 : 4;
        String base = String.join("/", List.of(parts).subList(0, start));
        List<String> rest = new ArrayList<>(List.of(parts).subList(start, parts.length));
        String namespace = "";
        if (rest.getFirst().equals("namespaces")
                && rest.size() > 2
                && !rest.get(2).equals("finalize")
                && !rest.get(2).equals("status")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        KindDefinition<?> definition = BY_PATH.get(base + "/" + rest.getFirst());
        if (definition == null) {
            throw StatusException.noSuchPath();
        }
        return new Target(
                definition.kind(), namespace, rest.size() > 1 ? rest.get(1) : "", rest.size() > 2 ? rest.get(2) : "");
    }

    private static KindDefinition<?> definition(Kind<?> kind) {
        return BY_PATH.get(kind.basePath() + "/" + kind.plural());
    }

    boolean isServed() {
        return !subresource.equals("scale") || definition(kind).subresources().contains(Subresource.SCALE);
    }

    static void prepare(Kind<?> kind, ObjectNode object) {
        KindDefinition<?> definition = definition(kind);
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.name());
        if (definition.subresources().contains(Subresource.STATUS)) {
            object.remove("status");
        }
        defaults(definition, object);
        definition.rules().prepareForCreate(object);
        if (kind.equals(PodKind.KIND)) {
            tolerate(object, "not-ready");
            tolerate(object, "unreachable");
        }
        defaults(definition, object);
    }

    /// As the admission plugin DefaultTolerationSeconds does, for a minute instead of five.
    private static void tolerate(ObjectNode pod, String taint) {
        ArrayNode tolerations = pod.withObject("spec").withArray("tolerations");
        String key = "node.kubernetes.io/" + taint;
        if (tolerations.valueStream().noneMatch(t -> t.path("key").asString("").equals(key))) {
            tolerations
                    .addObject()
                    .put("key", key)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", 60);
        }
    }

    private static void defaults(KindDefinition<?> definition, ObjectNode object) {
        Schemas.of((Kind<? extends KubernetesObject>) definition.kind()).applyDefaults(object);
        definition.rules().defaults(object);
    }

    static ObjectNode patched(Target target, ObjectNode old, ObjectNode patch, String type) {
        return type.contains("strategic")
                ? StrategicMergePatch.apply(Schemas.of(target.kind()), old.deepCopy(), patch)
                : (ObjectNode) MergePatch.apply(old.deepCopy(), patch);
    }

    /// What an update makes of the old object: the status or all but the status; a changed spec is a new generation.
    static ObjectNode merged(Target target, ObjectNode old, ObjectNode wanted) {
        KindDefinition<?> definition = definition(target.kind());
        boolean hasStatus = definition.subresources().contains(Subresource.STATUS);
        ObjectNode now;
        if (target.subresource().equals("status")) {
            now = old.deepCopy();
            put(now, "status", wanted.path("status"));
            put(now.withObject("metadata"), "annotations", wanted.at("/metadata/annotations"));
        } else if (target.subresource().equals("finalize")) {
            now = old.deepCopy();
            put(now, "spec", wanted.path("spec"));
        } else {
            now = wanted.deepCopy();
            now.put("apiVersion", target.kind().apiVersion());
            now.put("kind", target.kind().name());
            defaults(definition, now);
            if (hasStatus) {
                put(now, "status", old.path("status"));
            }
        }
        ObjectNode metadata = now.withObject("metadata");
        for (String field : List.of(
                "uid",
                "creationTimestamp",
                "resourceVersion",
                "generation",
                "deletionTimestamp",
                "deletionGracePeriodSeconds")) {
            put(metadata, field, old.path("metadata").path(field));
        }
        if (!now.path("spec").equals(old.path("spec"))) {
            metadata.put("generation", metadata.path("generation").asLong(1) + 1);
        }
        ObjectNode canonical = canonical(now);
        return canonical.equals(canonical(old)) ? old : canonical;
    }

    /// Without empty fields, which patches and records write differently.
    private static ObjectNode canonical(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        for (String field : List.of("annotations", "labels", "finalizers", "ownerReferences")) {
            if (copy.path("metadata").path(field).isEmpty()) {
                copy.withObject("metadata").remove(field);
            }
        }
        return (ObjectNode) Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(copy));
    }

    private static void put(ObjectNode object, String field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            object.remove(field);
        } else {
            object.set(field, value.deepCopy());
        }
    }

    static ObjectNode deleted(Kind<?> kind, ObjectNode old, ObjectNode options, Instant now) {
        ObjectNode object = old.deepCopy();
        ObjectNode metadata = object.withObject("metadata");
        if (kind.plural().equals("namespaces")) {
            object.withObject("status").put("phase", "Terminating");
        }
        propagate(metadata, options.path("propagationPolicy").asString(""));
        long grace = grace(kind, object, options);
        boolean going = metadata.has("deletionTimestamp");
        long before = metadata.path("deletionGracePeriodSeconds").asLong(0);
        if (!going || grace < before) {
            metadata.put(
                    "deletionTimestamp",
                    going
                            ? metadata.path("deletionTimestamp").asString()
                            : now.plusSeconds(grace).toString());
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        return object;
    }

    private static long grace(Kind<?> kind, ObjectNode pod, ObjectNode options) {
        String phase = pod.path("status").path("phase").asString("");
        boolean runs = kind.plural().equals("pods")
                && !pod.path("spec").path("nodeName").asString("").isEmpty()
                && !phase.equals("Succeeded")
                && !phase.equals("Failed");
        return runs ? options.path("gracePeriodSeconds").asLong(30) : 0;
    }

    private static void propagate(ObjectNode metadata, String policy) {
        List<String> finalizers = new ArrayList<>();
        metadata.path("finalizers").forEach(f -> finalizers.add(f.asString("")));
        if (!policy.isEmpty()) {
            finalizers.removeAll(List.of("foregroundDeletion", "orphan"));
        }
        if (policy.equals("Foreground")) {
            finalizers.add("foregroundDeletion");
        } else if (policy.equals("Orphan")) {
            finalizers.add("orphan");
        }
        metadata.remove("finalizers");
        if (!finalizers.isEmpty()) {
            ArrayNode array = metadata.putArray("finalizers");
            finalizers.forEach(array::add);
        }
    }

    static ObjectNode discovery(boolean core) {
        Map<String, ArrayNode> groups = new TreeMap<>();
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("kind", "APIGroupDiscoveryList");
        ArrayNode items = answer.putArray("items");
        for (KindDefinition<?> definition : BY_PATH.values()) {
            Kind<?> kind = definition.kind();
            if (kind.group().isEmpty() != core) {
                continue;
            }
            ArrayNode resources = groups.computeIfAbsent(kind.group() + "/" + kind.version(), g -> {
                ObjectNode group = items.addObject();
                group.putObject("metadata").put("name", kind.group());
                ObjectNode version = group.putArray("versions").addObject();
                version.put("version", kind.version());
                return version.putArray("resources");
            });
            ObjectNode resource = resources.addObject();
            resource.put("resource", kind.plural());
            resource.putObject("responseKind").put("kind", kind.name());
            resource.put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
            ArrayNode verbs = resource.putArray("verbs");
            List.of("list", "watch", "delete", "get", "patch").forEach(verbs::add);
        }
        return answer;
    }
}
