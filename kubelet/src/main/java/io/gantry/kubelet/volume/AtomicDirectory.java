package io.gantry.kubelet.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder whose files change all at once (upstream `pkg/volume/util/atomic_writer.go`): the files are in a dated
/// folder, `..data` links to it, and the visible names link through `..data`.
final class AtomicDirectory {
    private static final String DATA = "..data";
    private static final String DATA_TMP = "..data_tmp";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy_MM_dd_HH_mm_ss.");

    /// Gives the new files their owner before they are seen.
    interface Ownership {
        void apply(Path folder) throws IOException;
    }

    private final Path folder;
    private final Ownership ownership;

    AtomicDirectory(Path folder, Ownership ownership) {
        this.folder = folder;
        this.ownership = ownership;
    }

    /// Makes the folder hold exactly these files, by relative path; says whether that changed anything.
    boolean write(Map<String, VolumeFile> files) throws IOException {
        Files.createDirectories(folder);
        Optional<Path> current = current();
        if (current.isPresent() && same(current.get(), files)) {
            link(files.keySet());
            return false;
        }
        Path dated = Files.createTempDirectory(
                folder, ".." + STAMP.format(Instant.now().atOffset(ZoneOffset.UTC)));
        FilePermissions.set(dated, 0755);
        for (Map.Entry<String, VolumeFile> file : files.entrySet()) {
            writeFile(dated, file.getKey(), file.getValue());
        }
        ownership.apply(dated);
        Path temporary = folder.resolve(DATA_TMP);
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, dated.getFileName());
        Files.move(
                temporary, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        link(files.keySet());
        unlinkOthers(files.keySet());
        if (current.isPresent()) {
            delete(current.get());
        }
        return true;
    }

    private Optional<Path> current() throws IOException {
        Path data = folder.resolve(DATA);
        return Files.isSymbolicLink(data)
                ? Optional.of(folder.resolve(Files.readSymbolicLink(data)))
                : Optional.empty();
    }

    private static void writeFile(Path root, String relative, VolumeFile file) throws IOException {
        Path path = root.resolve(relative).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("path " + relative + " leaves the volume");
        }
        Files.createDirectories(path.getParent());
        Files.write(path, file.content());
        FilePermissions.set(path, file.mode());
        if (file.owner() >= 0) {
            Files.setAttribute(path, "unix:uid", (int) file.owner());
        }
    }

    private static boolean same(Path current, Map<String, VolumeFile> files) throws IOException {
        try (Stream<Path> walk = Files.walk(current)) {
            Set<String> present = walk.filter(Files::isRegularFile)
                    .map(path -> current.relativize(path).toString())
                    .collect(Collectors.toSet());
            if (!present.equals(files.keySet())) {
                return false;
            }
        }
        for (Map.Entry<String, VolumeFile> file : files.entrySet()) {
            Path path = current.resolve(file.getKey());
            if (!Arrays.equals(Files.readAllBytes(path), file.getValue().content())) {
                return false;
            }
        }
        return true;
    }

    private void link(Set<String> paths) throws IOException {
        for (String name : topNames(paths)) {
            Path link = folder.resolve(name);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, name));
            }
        }
    }

    private void unlinkOthers(Set<String> paths) throws IOException {
        Set<String> wanted = topNames(paths);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.startsWith("..") && !wanted.contains(name)) {
                    Files.delete(entry);
                }
            }
        }
    }

    private static Set<String> topNames(Set<String> paths) {
        return paths.stream()
                .map(path -> path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/')))
                .collect(Collectors.toSet());
    }

    /// Deletes a folder and what is in it, following no links.
    ///
    /// @throws IOException at a mount point: what is mounted is not the folder's
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Object device = Files.getAttribute(root, "unix:dev", LinkOption.NOFOLLOW_LINKS);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!Files.getAttribute(folder, "unix:dev").equals(device)) {
                    throw new IOException(folder + " is a mount point");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
