package io.gantry.api.kind;

import io.gantry.api.KubernetesObject;
import java.util.List;
import java.util.Set;

/// Everything the API server knows of a built-in kind: identity, subresources, columns and rules. One class a kind,
/// named `…Kind`, and one line in [KindCatalog]; routes, discovery, OpenAPI, storage, watch and informers follow.
public interface KindDefinition<T extends KubernetesObject> {
    /// Verbs of a resource that is stored and has nothing special about it.
    List<String> ALL_VERBS = List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    Kind<T> kind();

    /// The verbs of the kind itself, in alphabetical order.
    default List<String> verbs() {
        if (stored()) {
            return ALL_VERBS;
        }
        return computed() ? List.of("get", "list") : List.of("create");
    }

    /// Subresources beside the object itself.
    default Set<Subresource> subresources() {
        return Set.of();
    }

    /// False for kinds that are only posted and answered (reviews, Binding, Eviction), or computed.
    default boolean stored() {
        return true;
    }

    /// True for kinds whose objects are made when somebody reads them: `get` and `list` are served.
    default boolean computed() {
        return false;
    }

    /// Columns of the server-side Table after `Name`, in kubectl's order; `Age` is among them where upstream shows it.
    /// A kind whose Table does not begin with `Name` has a column `Name` among them (events).
    default List<Column> columns() {
        return List.of(Column.age());
    }

    /// The paths that [#columns] look at, such as `status.phase`, so that a long Table reads nothing
    /// else of each object; empty reads all.
    default List<String> columnPaths() {
        return List.of();
    }

    /// Defaults, validation and update preparation.
    default KindRules<T> rules() {
        return KindRules.none();
    }
}
