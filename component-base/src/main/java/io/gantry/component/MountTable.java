package io.gantry.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// What is mounted, as `/proc/self/mountinfo` tells it (proc_pid_mountinfo(5)).
///
/// @param mounts in the order in which they were made: of two at one point the later hides the earlier
public record MountTable(List<Mount> mounts) {
    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");
    private static final int POINT_FIELD = 4;
    private static final int FIRST_OPTIONAL_FIELD = 6;
    private static final String END_OF_OPTIONAL_FIELDS = "-";

    /// @param point absolute, without links
    /// @param shared whether what is mounted below it is seen where it is mounted too (mount_namespaces(7))
    public record Mount(Path point, boolean shared) {}

    /// @throws IOException when the kernel's file cannot be read
    public static MountTable read() throws IOException {
        return parse(Files.readString(OF_THIS_PROCESS, StandardCharsets.UTF_8));
    }

    static MountTable parse(String text) {
        return new MountTable(text.lines().map(MountTable::mount).toList());
    }

    private static Mount mount(String line) {
        String[] fields = line.split(" ");
        boolean shared = Arrays.stream(fields, FIRST_OPTIONAL_FIELD, fields.length)
                .takeWhile(field -> !field.equals(END_OF_OPTIONAL_FIELDS))
                .anyMatch(field -> field.startsWith("shared:"));
        return new Mount(Path.of(unescape(fields[POINT_FIELD])), shared);
    }

    /// Spaces and the like are octal escapes there.
    private static String unescape(String point) {
        return point.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    /// Mount points at and below the folder, the latest first: each can be unmounted once those before it are.
    ///
    /// @param folder absolute, without links
    public List<Path> below(Path folder) {
        return mounts.reversed().stream()
                .map(Mount::point)
                .filter(point -> point.startsWith(folder))
                .toList();
    }

    /// Of those the ones that a path leads to: what is mounted over a folder hides what was mounted below it before.
    ///
    /// @param folder absolute, without links
    public List<Path> visibleBelow(Path folder) {
        List<Path> found = new ArrayList<>();
        Set<Path> later = new HashSet<>();
        for (Mount mount : mounts.reversed()) {
            Path point = mount.point();
            if (point.startsWith(folder) && !isBelowAny(point, later)) {
                found.add(point);
            }
            later.add(point);
        }
        return found;
    }

    private static boolean isBelowAny(Path point, Set<Path> folders) {
        return Stream.iterate(point.getParent(), Objects::nonNull, Path::getParent)
                .anyMatch(folders::contains);
    }

    /// Whether the mount that a file lies on is shared.
    ///
    /// @param file absolute, without links
    public boolean isShared(Path file) {
        Mount found = new Mount(Path.of("/"), false);
        for (Mount mount : mounts) {
            boolean nearer = mount.point().getNameCount() >= found.point().getNameCount();
            if (nearer && file.startsWith(mount.point())) {
                found = mount;
            }
        }
        return found.shared();
    }
}
