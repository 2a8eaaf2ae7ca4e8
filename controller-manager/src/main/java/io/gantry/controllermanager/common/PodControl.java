package io.gantry.controllermanager.common;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import java.util.List;

/// Creates and deletes the pods of an owner, and tells of it with upstream's events.
public final class PodControl {
    private final Resource<Pod> pods;
    private final EventSink events;

    public PodControl(ApiClient client, EventSink events) {
        this.pods = client.resource(PodKind.KIND).withoutManagedFields();
        this.events = events;
    }

    /// A pod from a template, to be created; its name comes from the owner's.
    public static Pod fromTemplate(PodTemplateSpec template, KubernetesObject owner, OwnerReference reference) {
        return PodBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(text(owner.metadata().namespace()))
                        .generateName(owner.metadata().name() + "-")
                        .labels(template.metadata().labels())
                        .annotations(template.metadata().annotations())
                        .finalizers(template.metadata().finalizers())
                        .ownerReferences(List.of(reference))
                        .build())
                .spec(template.spec())
                .build();
    }

    /// @throws StatusException when the server refuses; an event tells so, unless the namespace is going
    public Pod create(KubernetesObject owner, Pod pod) {
        try {
            Pod made = pods.create(pod);
            events.event(
                    owner,
                    EventSink.NORMAL,
                    "SuccessfulCreate",
                    "Created pod: " + made.metadata().name());
            return made;
        } catch (StatusException e) {
            if (!isNamespaceTerminating(e)) {
                events.event(owner, EventSink.WARNING, "FailedCreate", "Error creating: " + e.getMessage());
            }
            throw e;
        }
    }

    /// Deletes; one that is gone already counts as deleted, with no event.
    ///
    /// @return false when it was gone already: no change will be seen that was not seen before
    public boolean delete(KubernetesObject owner, Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        try {
            pods.delete(key.namespace(), key.name(), Deletion.defaults().withUid(Owners.uid(pod)));
            events.event(owner, EventSink.NORMAL, "SuccessfulDelete", "Deleted pod: " + key.name());
            return true;
        } catch (StatusException e) {
            if (e.isNotFound() || e.isConflict()) {
                return false;
            }
            events.event(owner, EventSink.WARNING, "FailedDelete", "Error deleting: " + e.getMessage());
            throw e;
        }
    }

    /// Whether the refusal only says that the namespace is being deleted.
    public static boolean isNamespaceTerminating(StatusException e) {
        return e.code() == 403
                && e.status().details() != null
                && e.status().details().causes().stream().anyMatch(c -> "NamespaceTerminating".equals(c.reason()));
    }
}
