package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.meta.v1.OwnerReference;
import java.util.List;
import java.util.Map;

/// What is to become of an object with owners (upstream `garbagecollector.go` `attemptToDeleteItem`).
sealed interface CollectionPlan {
    /// What an owner reference points to.
    enum OwnerState {
        /// It exists.
        SOLID,
        /// It does not exist.
        ABSENT,
        /// It exists and waits for its dependents to go.
        WAITING,
        /// It cannot be told: a cluster-scoped object names an owner in a namespace.
        UNKNOWN
    }

    /// It may live.
    record Keep() implements CollectionPlan {}

    /// It may live, with these owners only.
    record KeepWith(List<OwnerReference> owners) implements CollectionPlan {}

    /// It must go.
    ///
    /// @param propagation what its own dependents are to get
    /// @param unblock first let its owners go before it: they wait for each other in a circle
    record Delete(String propagation, boolean unblock) implements CollectionPlan {}

    /// @param states what each owner is, by uid
    /// @param dependents the item's own dependents
    static CollectionPlan of(Item item, Map<String, OwnerState> states, List<Item> dependents) {
        if (item.owners().isEmpty() || states.containsValue(OwnerState.UNKNOWN)) {
            return new Keep();
        }
        List<OwnerReference> solid = item.owners().stream()
                .filter(o -> states.get(o.uid()) == OwnerState.SOLID)
                .toList();
        if (!solid.isEmpty()) {
            return solid.size() == item.owners().size() ? new Keep() : new KeepWith(solid);
        }
        boolean waitedFor = states.containsValue(OwnerState.WAITING);
        if (waitedFor && !dependents.isEmpty()) {
            boolean circle = dependents.stream().anyMatch(Item::isDeletingDependents);
            return new Delete("Foreground", circle);
        }
        if (item.orphaning()) {
            return new Delete("Orphan", false);
        }
        return new Delete(item.foreground() ? "Foreground" : "Background", false);
    }
}
