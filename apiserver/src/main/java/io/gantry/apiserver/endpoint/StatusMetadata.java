package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.registry.ServedResource;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What of an object's metadata a write of its status leaves alone (upstream: the strategies that call
/// `ResetObjectMetaForStatus`).
final class StatusMetadata {
    private static final Set<String> WHOLE = Set.of(
            "admissionregistration.k8s.io/validatingadmissionpolicies",
            "apiregistration.k8s.io/apiservices",
            "flowcontrol.apiserver.k8s.io/flowschemas",
            "flowcontrol.apiserver.k8s.io/prioritylevelconfigurations",
            "networking.k8s.io/servicecidrs",
            "resource.k8s.io/resourceclaims",
            "storage.k8s.io/volumeattachments");

    private StatusMetadata() {}

    static void keep(ServedResource resource, ObjectNode object, ObjectNode old) {
        Set<String> kept = kept(resource);
        ObjectNode metadata = Metadata.of(object);
        ObjectNode before = Metadata.of(old);
        for (String field : kept) {
            if (before.has(field)) {
                metadata.set(field, before.get(field));
            } else {
                metadata.remove(field);
            }
        }
    }

    /// Owners of pods stay: old kubelets lost them.
    private static Set<String> kept(ServedResource resource) {
        if (whole(resource) || resource.schema().custom()) {
            return Set.of("ownerReferences", "finalizers", "labels", "annotations");
        }
        if (resource.is("", "pods")) {
            return Set.of("ownerReferences");
        }
        return resource.is("apps", "deployments") ? Set.of("labels") : Set.of();
    }

    /// The fields that a writer of the status does not own.
    static Set<String> resetFields(ServedResource resource) {
        if (resource.is("apps", "deployments")) {
            return Set.of("spec", "metadata.labels");
        }
        return whole(resource) || resource.schema().custom() ? Set.of("spec", "metadata") : Set.of("spec");
    }

    private static boolean whole(ServedResource resource) {
        return WHOLE.contains(resource.group() + "/" + resource.plural());
    }
}
