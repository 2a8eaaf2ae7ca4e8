package io.gantry.controllermanager.common;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Carries out a [Claim]: sets and removes controller references on the server.
public final class Claims<O extends KubernetesObject, T extends KubernetesObject> {
    private final Kind<?> ownerKind;
    private final Resource<O> owners;
    private final Resource<T> objects;

    public Claims(Resource<O> owners, Resource<T> objects) {
        this.ownerKind = owners.kind();
        this.owners = owners;
        this.objects = objects;
    }

    /// The owner's objects after adoption and release.
    ///
    /// @throws StatusException when adoption failed for a reason other than that the object is gone
    public List<T> claim(O owner, LabelSelector selector, List<T> candidates) {
        Claim<T> claim = Claim.of(owner, selector, candidates);
        List<T> owned = new ArrayList<>(claim.owned());
        claim.release().forEach(object -> release(owner, object));
        if (!claim.adopt().isEmpty() && mayAdopt(owner)) {
            for (T object : claim.adopt()) {
                adopt(owner, object, owned);
            }
        }
        return owned;
    }

    /// The cache may not know yet that the owner is being deleted, or was made anew: ask the server.
    private boolean mayAdopt(O owner) {
        ObjectKey key = ObjectKey.of(owner);
        return owners.find(key.namespace(), key.name())
                .filter(fresh -> Owners.uid(fresh).equals(Owners.uid(owner)))
                .filter(fresh -> fresh.metadata().deletionTimestamp() == null)
                .isPresent();
    }

    private void adopt(O owner, T object, List<T> owned) {
        OwnerReference reference = Owners.controllerReference(ownerKind, owner);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", Owners.uid(object));
        metadata.put("ownerReferences", List.of(reference));
        try {
            ObjectKey key = ObjectKey.of(object);
            owned.add(objects.patch(key.namespace(), key.name(), Patch.strategic(Map.of("metadata", metadata))));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private void release(O owner, T object) {
        Map<String, Object> remove = new LinkedHashMap<>();
        remove.put("$patch", "delete");
        remove.put("uid", Owners.uid(owner));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", Owners.uid(object));
        metadata.put("ownerReferences", List.of(remove));
        try {
            ObjectKey key = ObjectKey.of(object);
            objects.patch(key.namespace(), key.name(), Patch.strategic(Map.of("metadata", metadata)));
        } catch (StatusException e) {
            if (!e.isNotFound() && e.code() != 422) {
                throw e;
            }
        }
    }
}
