package io.gantry.kubelet.volume;

import io.gantry.api.Json;
import io.gantry.kubelet.pod.Allocation;
import io.gantry.kubelet.pod.PodAllocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Keeps what resized pods were given beside their volumes; it goes with the pod's folder.
///
/// @param directories where pods' files are
public record AllocationFiles(PodDirectories directories) implements PodAllocations.Memory {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationFiles.class);

    private Path file(String podUid) {
        return directories.pod(podUid).resolve("allocation.json");
    }

    @Override
    public Optional<Allocation> read(String podUid) {
        Path file = file(podUid);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), Allocation.class));
        } catch (IOException | JacksonException unreadable) {
            LOG.warn("{} is not readable: the pod's spec counts", file, unreadable);
            return Optional.empty();
        }
    }

    @Override
    public void write(String podUid, Allocation allocation) {
        Path file = file(podUid);
        Path next = file.resolveSibling("allocation.json.next");
        try {
            Files.createDirectories(file.getParent());
            Files.write(next, Json.MAPPER.writeValueAsBytes(allocation));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
