package io.gantry.kubelet.volume;

import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.pod.DownwardAPIVolumeFile;
import io.gantry.api.core.v1.pod.KeyToPath;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.spec.FieldRefs;
import io.gantry.kubelet.spec.PodFacts;
import io.gantry.kubelet.spec.ResourceRefs;
import io.gantry.kubelet.spec.SpecFailure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Files of a volume from API objects. Pure.
final class Payloads {
    static final int DEFAULT_MODE = 0644;

    private Payloads() {}

    static Map<String, byte[]> data(ConfigMap configMap) {
        Map<String, byte[]> data = new TreeMap<>();
        configMap.data().forEach((key, value) -> data.put(key, value.getBytes(StandardCharsets.UTF_8)));
        configMap
                .binaryData()
                .forEach((key, value) -> data.put(key, Base64.getMimeDecoder().decode(value)));
        return data;
    }

    /// All keys, or those that are asked for.
    static Map<String, VolumeFile> select(
            Map<String, byte[]> data, List<KeyToPath> items, @Nullable Integer defaultMode, boolean optional)
            throws SpecFailure {
        int mode = Objects.requireNonNullElse(defaultMode, DEFAULT_MODE);
        Map<String, VolumeFile> files = new TreeMap<>();
        if (items.isEmpty()) {
            data.forEach((key, content) -> files.put(key, new VolumeFile(content, mode)));
            return files;
        }
        for (KeyToPath item : items) {
            byte[] content = data.get(item.key());
            if (content != null) {
                files.put(item.path(), new VolumeFile(content, Objects.requireNonNullElse(item.mode(), mode)));
            } else if (!optional) {
                throw new SpecFailure("references non-existent config key: " + item.key());
            }
        }
        return files;
    }

    static Map<String, VolumeFile> downward(
            Pod pod, List<DownwardAPIVolumeFile> items, @Nullable Integer defaultMode, PodFacts facts)
            throws SpecFailure {
        Map<String, VolumeFile> files = new TreeMap<>();
        for (DownwardAPIVolumeFile item : items) {
            int mode = Objects.requireNonNullElse(item.mode(), Objects.requireNonNullElse(defaultMode, DEFAULT_MODE));
            files.put(item.path(), new VolumeFile(value(pod, item, facts).getBytes(StandardCharsets.UTF_8), mode));
        }
        return files;
    }

    private static String value(Pod pod, DownwardAPIVolumeFile item, PodFacts facts) throws SpecFailure {
        try {
            if (item.fieldRef() != null) {
                return FieldRefs.value(pod, item.fieldRef().fieldPath(), facts);
            }
            return item.resourceFieldRef() == null ? "" : ResourceRefs.value(pod, "", item.resourceFieldRef(), facts);
        } catch (IllegalArgumentException failure) {
            throw new SpecFailure(failure);
        }
    }
}
