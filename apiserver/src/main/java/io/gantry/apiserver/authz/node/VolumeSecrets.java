package io.gantry.apiserver.authz.node;

import io.gantry.apiserver.objects.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// The secrets that a PersistentVolume's node reads to mount it.
final class VolumeSecrets {
    private static final List<List<String>> PATHS = List.of(
            List.of("csi", "nodePublishSecretRef"),
            List.of("csi", "nodeStageSecretRef"),
            List.of("csi", "nodeExpandSecretRef"),
            List.of("cephfs", "secretRef"),
            List.of("flexVolume", "secretRef"),
            List.of("rbd", "secretRef"),
            List.of("scaleIO", "secretRef"),
            List.of("iscsi", "secretRef"),
            List.of("cinder", "secretRef"),
            List.of("storageos", "secretRef"));

    private VolumeSecrets() {}

    /// @param make from namespace and name
    static <T> Set<T> of(JsonNode volume, BiFunction<String, String, T> make) {
        Set<T> found = new HashSet<>();
        String claimNamespace = Trees.text(volume, "spec", "claimRef", "namespace");
        for (List<String> path : PATHS) {
            JsonNode ref = Trees.at(volume.path("spec"), path.toArray(String[]::new));
            String name = Trees.text(ref, "name");
            if (!name.isEmpty()) {
                String namespace = Trees.text(ref, "namespace");
                found.add(make.apply(namespace.isEmpty() ? claimNamespace : namespace, name));
            }
        }
        String azure = Trees.text(volume, "spec", "azureFile", "secretName");
        if (!azure.isEmpty()) {
            String namespace = Trees.text(volume, "spec", "azureFile", "secretNamespace");
            found.add(make.apply(namespace.isEmpty() ? claimNamespace : namespace, azure));
        }
        return found;
    }
}
