package io.gantry.apiserver.authz.node;

import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a pod's node must read for it.
public final class PodReferences {
    private static final List<String> CONTAINERS = List.of("initContainers", "containers", "ephemeralContainers");

    /// What [#of] looks at in a pod.
    static final List<String> PATHS = paths();

    private PodReferences() {}

    private static List<String> paths() {
        List<String> paths = new ArrayList<>(List.of(
                "metadata.name",
                "spec.serviceAccountName",
                "spec.imagePullSecrets",
                "spec.volumes",
                "spec.resourceClaims",
                "status.resourceClaimStatuses",
                "status.extendedResourceClaimStatus"));
        for (String containers : CONTAINERS) {
            paths.add("spec." + containers + ".env.valueFrom");
            paths.add("spec." + containers + ".envFrom");
        }
        return List.copyOf(paths);
    }

    /// An object in the pod's namespace.
    ///
    /// @param resource the plural, e.g. `secrets`
    public record Reference(String resource, String name) {}

    /// Everything a pod refers to, in the order of its spec.
    public static Set<Reference> of(ObjectNode pod) {
        Set<Reference> found = new LinkedHashSet<>();
        JsonNode spec = pod.path("spec");
        add(found, "serviceaccounts", Trees.text(spec, "serviceAccountName"));
        Trees.list(spec, "imagePullSecrets").forEach(secret -> add(found, "secrets", Trees.text(secret, "name")));
        for (JsonNode volume : Trees.list(spec, "volumes")) {
            volume(found, volume, Trees.name(pod));
        }
        for (String containers : CONTAINERS) {
            Trees.list(spec, containers).forEach(container -> environment(found, container));
        }
        for (JsonNode status : Trees.list(pod, "status", "resourceClaimStatuses")) {
            add(found, "resourceclaims", Trees.text(status, "resourceClaimName"));
        }
        add(found, "resourceclaims", Trees.text(pod, "status", "extendedResourceClaimStatus", "resourceClaimName"));
        for (JsonNode claim : Trees.list(spec, "resourceClaims")) {
            add(found, "resourceclaims", Trees.text(claim, "resourceClaimName"));
        }
        return found;
    }

    private static void volume(Set<Reference> found, JsonNode volume, String podName) {
        source(found, volume);
        add(found, "persistentvolumeclaims", Trees.text(volume, "persistentVolumeClaim", "claimName"));
        if (volume.has("ephemeral")) {
            add(found, "persistentvolumeclaims", podName + "-" + Trees.text(volume, "name"));
        }
        for (JsonNode source : Trees.list(volume, "projected", "sources")) {
            add(found, "secrets", Trees.text(source, "secret", "name"));
            add(found, "configmaps", Trees.text(source, "configMap", "name"));
        }
        for (String plugin : List.of("azureFile", "flexVolume", "iscsi", "cephfs", "rbd", "scaleIO", "storageos")) {
            add(found, "secrets", Trees.text(volume, plugin, "secretRef", "name"));
        }
        add(found, "secrets", Trees.text(volume, "azureFile", "secretName"));
        add(found, "secrets", Trees.text(volume, "csi", "nodePublishSecretRef", "name"));
    }

    private static void source(Set<Reference> found, JsonNode volume) {
        add(found, "secrets", Trees.text(volume, "secret", "secretName"));
        add(found, "configmaps", Trees.text(volume, "configMap", "name"));
    }

    private static void environment(Set<Reference> found, JsonNode container) {
        for (JsonNode variable : Trees.list(container, "env")) {
            add(found, "secrets", Trees.text(variable, "valueFrom", "secretKeyRef", "name"));
            add(found, "configmaps", Trees.text(variable, "valueFrom", "configMapKeyRef", "name"));
        }
        for (JsonNode from : Trees.list(container, "envFrom")) {
            add(found, "secrets", Trees.text(from, "secretRef", "name"));
            add(found, "configmaps", Trees.text(from, "configMapRef", "name"));
        }
    }

    private static void add(Set<Reference> found, String resource, String name) {
        if (!name.isEmpty()) {
            found.add(new Reference(resource, name));
        }
    }
}
