package io.gantry.kubelet.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is in the folder of plugins' sockets at one time.
///
/// @param folders the folder and those below it
/// @param sockets which socket each path is: a socket made anew at the same path is another one
public record PluginSockets(Set<Path> folders, Map<Path, String> sockets) {
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int FOLDER = 0040000;

    /// Deletes the sockets that are in a folder itself, which nobody serves any more.
    public static void removeFrom(Path folder) throws IOException {
        for (Path socket : in(folder).sockets().keySet()) {
            if (folder.equals(socket.getParent())) {
                Files.deleteIfExists(socket);
            }
        }
    }

    /// Hidden files are no plugins, as upstream's watcher has it.
    static PluginSockets in(Path folder) throws IOException {
        Set<Path> folders = new TreeSet<>();
        Map<Path, String> sockets = new TreeMap<>();
        look(folder, folders, sockets);
        return new PluginSockets(folders, sockets);
    }

    private static void look(Path folder, Set<Path> folders, Map<Path, String> sockets) throws IOException {
        folders.add(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Optional<Map<String, Object>> found = attributes(file);
                int type = found.map(a -> (int) Objects.requireNonNull(a.get("mode")) & TYPE)
                        .orElse(0);
                if (file.getFileName().toString().startsWith(".") || found.isEmpty()) {
                    continue;
                }
                if (type == SOCKET) {
                    sockets.put(file, found.get().get("ino") + " " + found.get().get("creationTime"));
                } else if (type == FOLDER) {
                    look(file, folders, sockets);
                }
            }
        } catch (NoSuchFileException gone) {
            folders.remove(folder);
        }
    }

    /// Empty when the file has just gone.
    private static Optional<Map<String, Object>> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, "unix:mode,ino,creationTime", LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
