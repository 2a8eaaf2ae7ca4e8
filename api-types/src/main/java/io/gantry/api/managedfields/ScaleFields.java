package io.gantry.api.managedfields;

import io.gantry.api.kind.Kind;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Carries the ownership of an object's replicas to its `Scale` and back (upstream `managedfields.ScaleHandler`): who
/// scales takes the field from who wrote it in the object, and the other way round.
///
/// @param apiVersion of the object, at which it is scaled
/// @param replicas fields down to the count in the object
public record ScaleFields(String apiVersion, List<String> replicas) {
    private static final String SCALE = "autoscaling/v1";
    private static final List<String> IN_SCALE = List.of("spec", "replicas");

    public ScaleFields {
        replicas = List.copyOf(replicas);
    }

    /// The Scale's managed fields.
    ///
    /// @param parent the object's `metadata.managedFields`
    public ArrayNode toScale(JsonNode parent) {
        Ownership scale = new Ownership();
        for (Map.Entry<Manager, Ownership.Owned> entry :
                Ownership.read(parent).all().entrySet()) {
            Ownership.Owned owned = entry.getValue();
            if (isOurs(owned) && has(owned.fields(), replicas)) {
                scale.put(renamed(entry.getKey(), SCALE), new Ownership.Owned(only(IN_SCALE), SCALE, owned.time()));
            }
        }
        return scale.write();
    }

    /// The object's managed fields after its Scale was written. Entries of another group are dropped, as upstream.
    ///
    /// @param parent the object's `metadata.managedFields` before
    /// @param scale the Scale's `metadata.managedFields` after
    public ArrayNode toParent(JsonNode parent, JsonNode scale) {
        Map<Manager, Ownership.Owned> scalers = Ownership.read(scale).all();
        Ownership result = new Ownership();
        for (Map.Entry<Manager, Ownership.Owned> entry :
                Ownership.read(parent).all().entrySet()) {
            Manager manager = entry.getKey();
            Ownership.Owned owned = entry.getValue();
            if (!isOurs(owned)) {
                continue;
            }
            boolean stolen = has(owned.fields(), replicas) && !keeps(scalers.remove(renamed(manager, SCALE)));
            FieldSet left = stolen ? owned.fields().difference(only(replicas)) : owned.fields();
            if (!left.isEmpty()) {
                result.put(manager, new Ownership.Owned(left, owned.apiVersion(), owned.time()));
            }
        }
        scalers.forEach((manager, owned) -> {
            if (keeps(owned)) {
                result.put(renamed(manager, apiVersion), new Ownership.Owned(only(replicas), apiVersion, owned.time()));
            }
        });
        return result.write();
    }

    private static boolean keeps(Ownership.@org.jspecify.annotations.Nullable Owned owned) {
        return owned != null && has(owned.fields(), IN_SCALE);
    }

    /// Every version of the object's group has its replicas there.
    private boolean isOurs(Ownership.Owned owned) {
        return Kind.groupOf(owned.apiVersion()).equals(Kind.groupOf(apiVersion));
    }

    private static Manager renamed(Manager manager, String apiVersion) {
        return manager.applied() ? manager : Manager.updater(manager.name(), apiVersion, manager.subresource());
    }

    private static FieldSet only(List<String> path) {
        FieldSet set = new FieldSet();
        FieldSet last = set;
        for (String name : path.subList(0, path.size() - 1)) {
            last = last.below(PathElements.field(name));
        }
        last.insert(PathElements.field(path.getLast()));
        return set;
    }

    private static boolean has(FieldSet set, List<String> path) {
        FieldSet last = set;
        for (String name : path.subList(0, path.size() - 1)) {
            last = last.at(PathElements.field(name));
            if (last == null) {
                return false;
            }
        }
        return last.has(PathElements.field(path.getLast()));
    }
}
