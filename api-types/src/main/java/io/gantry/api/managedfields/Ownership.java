package io.gantry.api.managedfields;

import io.gantry.api.Timestamps;
import io.gantry.api.decode.UnreadObject;
import io.gantry.api.schema.ResourceSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who owns which fields of one object, and since when. Mutable; one per write.
final class Ownership {
    private static final int MAX_UPDATERS = 10;
    private static final List<String> WRITTEN =
            List.of("manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1", "subresource");
    private static final String ANCIENT = "ancient-changes";

    /// What one manager owns.
    ///
    /// @param apiVersion of the fields
    /// @param time of the last change, null where unknown
    /// @param shown the entry that it was read from, null for what is new
    record Owned(
            FieldSet fields,
            String apiVersion,
            @Nullable String time,
            @Nullable ObjectNode shown) {
        Owned(FieldSet fields, String apiVersion, @Nullable String time) {
            this(fields, apiVersion, time, null);
        }
    }

    /// Upstream's order of entries.
    private static final Comparator<Map.Entry<Manager, Owned>> SHOWN =
            Comparator.<Map.Entry<Manager, Owned>>comparingInt(
                            entry -> entry.getKey().applied() ? 0 : 1)
                    .thenComparing(entry -> shownTime(entry.getValue()))
                    .thenComparing(entry -> entry.getKey().name())
                    .thenComparing(entry -> entry.getValue().apiVersion)
                    .thenComparing(entry -> entry.getKey().subresource());

    private final Map<Manager, Owned> owners = new LinkedHashMap<>();

    /// From `metadata.managedFields`; empty when absent or malformed, as upstream.
    static Ownership read(JsonNode managedFields) {
        Ownership ownership = new Ownership();
        for (JsonNode entry : managedFields.values()) {
            String operation = entry.path("operation").asString("");
            boolean known = operation.equals("Apply") || operation.equals("Update");
            if (!known || !entry.path("fieldsType").asString("").equals("FieldsV1")) {
                return new Ownership();
            }
            try {
                ownership.add(entry);
            } catch (IllegalArgumentException malformed) {
                return new Ownership();
            }
        }
        return ownership;
    }

    private void add(JsonNode entry) {
        boolean applied = entry.path("operation").asString("").equals("Apply");
        String apiVersion = entry.path("apiVersion").asString("");
        Manager manager = new Manager(
                entry.path("manager").asString(""),
                applied,
                applied ? "" : apiVersion,
                entry.path("subresource").asString(""));
        JsonNode time = entry.path("time");
        owners.put(
                manager,
                new Owned(
                        FieldSet.fromJson(entry.path("fieldsV1")),
                        apiVersion,
                        time.isString() ? time.stringValue() : null,
                        isAsWritten(entry) ? (ObjectNode) entry : null));
    }

    /// Whether an entry has our fields in our order and nothing else, so that it would be written the same again.
    private static boolean isAsWritten(JsonNode entry) {
        if (!(entry instanceof ObjectNode)
                || UnreadObject.text(entry.path("fieldsV1")).isEmpty()) {
            return false;
        }
        int at = 0;
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            boolean fits = at < WRITTEN.size()
                    && field.getKey().equals(WRITTEN.get(at))
                    && (field.getValue().isString() || field.getKey().equals("fieldsV1"));
            if (!fits) {
                return false;
            }
            at++;
        }
        String operation = entry.path("operation").stringValue("");
        return at >= WRITTEN.size() - 1
                && (operation.equals("Update") || operation.equals("Apply"))
                && !entry.path("subresource").stringValue("-").isEmpty();
    }

    /// Forgets the managers whose version of a built-in kind there is no more, as upstream does.
    ///
    /// @return why a custom resource cannot be compared for them, in upstream's words
    Optional<String> gone(ResourceSchema schema, FieldWriter writer) {
        for (Owned owned : List.copyOf(owners.values())) {
            if (writer.knows(owned.apiVersion)) {
                continue;
            }
            if (schema.custom()) {
                return Optional.of(unconvertible(schema, owned.apiVersion));
            }
            owners.values().removeIf(each -> each.apiVersion.equals(owned.apiVersion));
        }
        return Optional.empty();
    }

    private static String unconvertible(ResourceSchema schema, String apiVersion) {
        boolean sameGroup = apiVersion.startsWith(
                schema.apiVersion().substring(0, schema.apiVersion().indexOf('/') + 1));
        return sameGroup
                ? "request to convert CR to an invalid group/version: " + apiVersion
                : ResourceSchema.shown(schema.apiVersion(), schema.kind())
                        + " is unstructured and is not suitable for converting to \"" + apiVersion + "\"";
    }

    boolean isEmpty() {
        return owners.isEmpty();
    }

    @Nullable
    Owned get(Manager manager) {
        return owners.get(manager);
    }

    void put(Manager manager, Owned owned) {
        owners.put(manager, owned);
    }

    Map<Manager, Owned> all() {
        return owners;
    }

    /// Gives the fields to the manager; none removes it. The time is `time`, or the one known when null.
    void set(Manager manager, FieldSet fields, String apiVersion, @Nullable Instant time) {
        if (fields.isEmpty()) {
            owners.remove(manager);
            return;
        }
        Owned known = owners.get(manager);
        String shown = time != null ? Timestamps.text(time) : known == null ? null : known.time;
        owners.put(manager, new Owned(fields, apiVersion, shown));
    }

    /// Takes fields from every manager but one.
    @SuppressWarnings("ReferenceEquality") // the same set says that nothing changed
    void takeFromOthers(Manager except, FieldSet fields) {
        if (fields.isEmpty()) {
            return;
        }
        for (Manager manager : List.copyOf(owners.keySet())) {
            Owned owned = owners.get(manager);
            if (owned == null || manager.equals(except)) {
                continue;
            }
            FieldSet left = owned.fields.difference(fields);
            if (left != owned.fields) {
                set(manager, left, owned.apiVersion, null);
            }
        }
    }

    /// Merges the oldest updaters into one when there are too many.
    void capUpdaters() {
        if (owners.size() <= MAX_UPDATERS) {
            return;
        }
        List<Manager> updaters = new ArrayList<>(
                owners.keySet().stream().filter(manager -> !manager.applied()).toList());
        int count = updaters.size();
        if (count <= MAX_UPDATERS) {
            return;
        }
        updaters.sort(Comparator.comparing(this::timeOf).thenComparing(Manager.ORDER));
        Map<String, Manager> firstOfVersion = new HashMap<>();
        for (Manager manager : updaters) {
            Manager first = firstOfVersion.putIfAbsent(manager.apiVersion(), manager);
            if (first != null && count > MAX_UPDATERS) {
                moveToAncient(first, manager);
                count--;
            }
        }
    }

    private void moveToAncient(Manager first, Manager manager) {
        Manager bucket = Manager.updater(ANCIENT, manager.apiVersion(), "");
        if (!owners.containsKey(bucket)) {
            Owned oldest = owners.remove(first);
            if (oldest != null) {
                owners.put(bucket, new Owned(oldest.fields, oldest.apiVersion, oldest.time));
            }
        }
        Owned moved = owners.remove(manager);
        Owned ancient = owners.get(bucket);
        if (moved != null) {
            FieldSet all = ancient == null ? moved.fields : moved.fields.union(ancient.fields);
            owners.put(bucket, new Owned(all, moved.apiVersion, moved.time));
        }
    }

    private String timeOf(Manager manager) {
        Owned owned = owners.get(manager);
        return owned == null ? "" : shownTime(owned);
    }

    private static String shownTime(Owned owned) {
        return owned.time == null ? "" : owned.time;
    }

    /// As `metadata.managedFields`, in upstream's order.
    ArrayNode write() {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode(owners.size());
        List<Map.Entry<Manager, Owned>> sorted = new ArrayList<>(owners.entrySet());
        sorted.sort(SHOWN);
        sorted.forEach(entry -> entries.add(entry(entry.getKey(), entry.getValue())));
        return entries;
    }

    private static ObjectNode entry(Manager manager, Owned owned) {
        ObjectNode shown = owned.shown;
        if (shown != null) {
            return shown;
        }
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("manager", manager.name());
        entry.put("operation", manager.applied() ? "Apply" : "Update");
        entry.put("apiVersion", owned.apiVersion);
        if (owned.time != null) {
            entry.put("time", owned.time);
        }
        entry.put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", owned.fields.toJson());
        if (!manager.subresource().isEmpty()) {
            entry.put("subresource", manager.subresource());
        }
        return entry;
    }
}
