package io.gantry.controllermanager.volume;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeBuilder;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeSpecBuilder;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeStatusBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatusBuilder;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimSpecBuilder;
import io.gantry.api.core.v1.pod.VolumeResourceRequirements;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClassBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Claims and volumes from one line of words: a name, then `key=value` or flags. A claim's uid is its name.
final class VolumeWords {
    private VolumeWords() {}

    private static Map<String, String> words(String line) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String word : line.split(" ")) {
            String[] parts = word.split("=", 2);
            if (words.isEmpty()) {
                words.put("name", word);
            } else {
                words.put(parts[0], parts.length > 1 ? parts[1] : "true");
            }
        }
        return words;
    }

    static PersistentVolumeClaim claim(String line) {
        Map<String, String> words = words(line);
        Map<String, String> annotations = new LinkedHashMap<>();
        if (words.containsKey("bound")) {
            annotations.put(VolumeAnnotations.BIND_COMPLETED, "yes");
        }
        if (words.containsKey("node")) {
            annotations.put(VolumeAnnotations.SELECTED_NODE, words.get("node"));
        }
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("ns")
                        .name(words.get("name"))
                        .uid(words.get("name"))
                        .annotations(annotations)
                        .deletionTimestamp(words.containsKey("going") ? Instant.EPOCH : null)
                        .build())
                .spec(PersistentVolumeClaimSpecBuilder.builder()
                        .accessModes(List.of(
                                words.getOrDefault("modes", "ReadWriteOnce").split(",")))
                        .resources(new VolumeResourceRequirements(Map.of(), Map.of("storage", size(words))))
                        .storageClassName(words.get("class") == null ? "" : words.get("class"))
                        .volumeName(words.get("volume"))
                        .volumeMode(words.get("mode"))
                        .selector(selector(words.get("select")))
                        .build())
                .status(PersistentVolumeClaimStatusBuilder.builder()
                        .phase(words.getOrDefault("phase", "Pending"))
                        .build())
                .build();
    }

    private static Quantity size(Map<String, String> words) {
        return Quantity.parse(words.getOrDefault("size", "1") + "Gi");
    }

    private static @Nullable LabelSelector selector(@Nullable String label) {
        return label == null ? null : new LabelSelector(pair(label), List.of());
    }

    private static Map<String, String> pair(@Nullable String text) {
        return text == null ? Map.of() : Map.of(text.split(":")[0], text.split(":")[1]);
    }

    static PersistentVolume volume(String line) {
        Map<String, String> words = words(line);
        Map<String, String> annotations = new LinkedHashMap<>();
        if (words.containsKey("ours")) {
            annotations.put(VolumeAnnotations.PROVISIONED_BY, LocalVolumes.PROVISIONER);
        }
        if (words.containsKey("chosen")) {
            annotations.put(VolumeAnnotations.BOUND_BY_CONTROLLER, "yes");
        }
        return PersistentVolumeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(words.get("name"))
                        .annotations(annotations)
                        .labels(pair(words.get("label")))
                        .build())
                .spec(PersistentVolumeSpecBuilder.builder()
                        .capacity(Map.of("storage", size(words)))
                        .accessModes(List.of(
                                words.getOrDefault("modes", "ReadWriteOnce").split(",")))
                        .storageClassName(words.getOrDefault("class", ""))
                        .persistentVolumeReclaimPolicy(words.get("policy"))
                        .volumeMode(words.get("mode"))
                        .claimRef(reference(words))
                        .build())
                .status(PersistentVolumeStatusBuilder.builder()
                        .phase(words.getOrDefault("phase", "Available"))
                        .build())
                .build();
    }

    private static @Nullable ObjectReference reference(Map<String, String> words) {
        return words.get("ref") == null
                ? null
                : ObjectReferenceBuilder.builder()
                        .namespace("ns")
                        .name(words.get("ref"))
                        .uid(words.get("uid"))
                        .build();
    }

    static StorageClass storageClass(String name, String provisioner, String bindingMode) {
        return StorageClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .provisioner(provisioner)
                .volumeBindingMode(bindingMode)
                .build();
    }
}
