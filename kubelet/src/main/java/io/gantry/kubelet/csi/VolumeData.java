package io.gantry.kubelet.csi;

import io.gantry.api.Json;
import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.component.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// `vol_data.json`: what is remembered on disk of a volume, to take it down by, also after a restart.
final class VolumeData {
    private static final String FILE = "vol_data.json";

    private VolumeData() {}

    /// Of a pod's volume.
    static Map<String, String> published(VolumeRef volume, String node) {
        Map<String, String> data = new TreeMap<>(staged(volume));
        data.put("specVolID", volume.name());
        data.put("nodeName", node);
        data.put("volumeLifecycleMode", volume.lifecycleMode());
        data.put(
                "attachmentID",
                CsiNames.attachment(volume.key().driver(), volume.key().handle(), node));
        return data;
    }

    /// Of a volume that is staged.
    static Map<String, String> staged(VolumeRef volume) {
        return Map.of(
                "volumeHandle",
                volume.key().handle(),
                "driverName",
                volume.key().driver());
    }

    /// Written whole or not at all.
    static void write(Path folder, Map<String, String> data) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve(FILE), Json.MAPPER.writeValueAsBytes(data));
    }

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /// Empty where there is none, or what is there names no volume.
    static Optional<VolumeRef> read(Path folder, String name, boolean block) throws IOException {
        try {
            Map<String, String> data = Json.MAPPER.readValue(
                    Files.readAllBytes(folder.resolve(FILE)), new TypeReference<Map<String, String>>() {});
            boolean inline = "Ephemeral".equals(data.get("volumeLifecycleMode"));
            return data.containsKey("driverName") && data.containsKey("volumeHandle")
                    ? Optional.of(new VolumeRef(
                            data.getOrDefault("specVolID", name),
                            new VolumeKey(data.get("driverName"), data.get("volumeHandle")),
                            inline,
                            block))
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (JacksonException malformed) {
            throw new IOException(folder.resolve(FILE) + ": " + malformed.getOriginalMessage(), malformed);
        }
    }

    static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
