package io.gantry.controllermanager.common;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which of many objects an owner has, should adopt and should release (upstream
/// `pkg/controller/controller_ref_manager.go`): it adopts orphans that its selector matches and releases
/// its own that it no longer matches.
public record Claim<T extends KubernetesObject>(List<T> owned, List<T> adopt, List<T> release) {

    /// @param candidates the objects of the owner's namespace, or at least those it may own
    public static <T extends KubernetesObject> Claim<T> of(
            KubernetesObject owner, LabelSelector selector, List<T> candidates) {
        List<T> owned = new ArrayList<>();
        List<T> adopt = new ArrayList<>();
        List<T> release = new ArrayList<>();
        boolean going = owner.metadata().deletionTimestamp() != null;
        for (T object : candidates) {
            boolean matches = Labels.matches(selector, object.metadata().labels());
            Optional<OwnerReference> controller = Owners.controllerOf(object);
            if (controller.isEmpty()) {
                if (matches && !going && object.metadata().deletionTimestamp() == null) {
                    adopt.add(object);
                }
            } else if (controller.get().uid().equals(owner.metadata().uid())) {
                if (matches || going) {
                    owned.add(object);
                } else {
                    release.add(object);
                }
            }
        }
        return new Claim<>(owned, adopt, release);
    }
}
