package io.gantry.kubelet.image;

import io.gantry.api.Json;
import io.gantry.component.Digests;
import io.gantry.component.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Upstream's files below `image_manager` of the kubelet's root
/// (`pkg/kubelet/images/pullmanager/fs_pullrecords.go`): one for each image that is pulled, one for each
/// that was, named by what they are about. Upstream's kubelet reads ours and we its. They are the owner's
/// alone, since hashes of credentials stand in them.
final class PullRecordFiles implements PullRecordStore {
    private static final Logger LOG = LoggerFactory.getLogger(PullRecordFiles.class);
    private static final String PREFIX = "sha256-";
    private static final String UNFINISHED = ".tmp"; // an upstream kubelet's, killed while it wrote
    private static final String OWNER_ONLY = "rwx------";

    private final Path pulling;
    private final Path pulled;

    private PullRecordFiles(Path folder) {
        this.pulling = folder.resolve("pulling");
        this.pulled = folder.resolve("pulled");
    }

    /// Makes the folders where they are missing.
    static PullRecordFiles under(Path rootDir) throws IOException {
        PullRecordFiles files = new PullRecordFiles(rootDir.resolve("image_manager"));
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY));
        Files.createDirectories(files.pulling, ownerOnly);
        Files.createDirectories(files.pulled, ownerOnly);
        return files;
    }

    private static Path file(Path folder, String about) {
        return folder.resolve(PREFIX + HexFormat.of().formatHex(Digests.sha256(about)));
    }

    @Override
    public void writeIntent(String image) throws IOException {
        WholeFile.writePrivate(file(pulling, image), Json.MAPPER.writeValueAsBytes(ImagePullIntent.of(image)));
    }

    @Override
    public boolean hasIntent(String image) {
        return Files.exists(file(pulling, image));
    }

    @Override
    public List<String> intents() throws IOException {
        return all(pulling, file -> read(file, ImagePullIntent.class).image());
    }

    @Override
    public void deleteIntent(String image) throws IOException {
        Files.deleteIfExists(file(pulling, image));
    }

    @Override
    public void write(ImagePulledRecord record) throws IOException {
        WholeFile.writePrivate(file(pulled, record.imageRef()), Json.MAPPER.writeValueAsBytes(record));
    }

    @Override
    public Optional<ImagePulledRecord> pulled(String imageRef) throws IOException {
        Path file = file(pulled, imageRef);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(read(file, ImagePulledRecord.class));
    }

    @Override
    public List<ImagePulledRecord> pulled() throws IOException {
        return all(pulled, file -> read(file, ImagePulledRecord.class));
    }

    @Override
    public void deletePulled(String imageRef) throws IOException {
        Files.deleteIfExists(file(pulled, imageRef));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(count(pulling), count(pulled));
    }

    private static int count(Path folder) {
        try {
            return list(folder).size();
        } catch (IOException failure) {
            LOG.debug("{} cannot be listed", folder, failure);
            return 0;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(PullRecordFiles::isRecord).sorted().toList();
        }
    }

    private static boolean isRecord(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(PREFIX) && !name.endsWith(UNFINISHED);
    }

    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    private static <T> List<T> all(Path folder, Reader<T> reader) throws IOException {
        List<T> found = new ArrayList<>();
        for (Path file : list(folder)) {
            try {
                found.add(reader.read(file));
            } catch (IOException unreadable) {
                LOG.warn("passed over: {}", unreadable.getMessage());
            }
        }
        return found;
    }

    private static <T> T read(Path file, Class<T> type) throws IOException {
        try {
            T record = Json.MAPPER.readValue(Files.readAllBytes(file), type);
            if (record == null) {
                throw new IOException(file + ": nothing in it");
            }
            return record;
        } catch (JacksonException malformed) {
            throw new IOException(file + ": " + malformed.getOriginalMessage(), malformed);
        }
    }
}
