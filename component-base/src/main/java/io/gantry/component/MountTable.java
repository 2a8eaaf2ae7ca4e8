package io.gantry.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// What is mounted, as `/proc/self/mountinfo` tells it (proc_pid_mountinfo(5)): a tree, in which what is mounted over a
/// folder hides what is mounted below the folder on the same parent.
///
/// @param mounts as the kernel lists them: of two at one point the later hides the earlier
public record MountTable(List<Mount> mounts) {
    private static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");
    private static final int ID_FIELD = 0;
    private static final int PARENT_FIELD = 1;
    private static final int POINT_FIELD = 4;
    private static final int FIRST_OPTIONAL_FIELD = 6;
    private static final int NONE = -1;
    private static final String END_OF_OPTIONAL_FIELDS = "-";

    public MountTable {
        mounts = List.copyOf(mounts);
    }

    /// @param id unique among the mounts that there are
    /// @param parent the mount that it is mounted on; that of the root is not in the table
    /// @param point absolute, without links
    /// @param shared whether what is mounted below it is seen where it is mounted too (mount_namespaces(7))
    public record Mount(int id, int parent, Path point, boolean shared) {}

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
        int id = Integer.parseInt(fields[ID_FIELD]);
        int parent = Integer.parseInt(fields[PARENT_FIELD]); // a root may be told as its own
        return new Mount(id, parent == id ? NONE : parent, Path.of(unescape(fields[POINT_FIELD])), shared);
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

    /// Of those the ones that a path leads to, the latest first: what is hidden cannot be unmounted by its path.
    ///
    /// @param folder absolute, without links
    public List<Path> visibleBelow(Path folder) {
        return visible().reversed().stream()
                .map(Mount::point)
                .filter(point -> point.startsWith(folder))
                .toList();
    }

    /// Those that no other mount hides as a whole, in the kernel's order.
    private List<Mount> visible() {
        Map<Integer, Mount> byId = new HashMap<>();
        Map<Integer, Set<Path>> pointsByParent = new HashMap<>();
        for (Mount mount : mounts) {
            byId.put(mount.id(), mount);
            pointsByParent
                    .computeIfAbsent(mount.parent(), parent -> new HashSet<>())
                    .add(mount.point());
        }
        return mounts.stream()
                .filter(mount -> Stream.iterate(mount, Objects::nonNull, on -> byId.get(on.parent()))
                        .noneMatch(on -> isBelowAny(on.point(), pointsByParent.getOrDefault(on.parent(), Set.of()))))
                .toList();
    }

    private static boolean isBelowAny(Path point, Set<Path> folders) {
        return Stream.iterate(point.getParent(), Objects::nonNull, Path::getParent)
                .anyMatch(folders::contains);
    }

    /// Whether the mount that a file lies on is shared.
    ///
    /// @param file absolute, without links
    public boolean isShared(Path file) {
        return visible().reversed().stream()
                .filter(mount -> file.startsWith(mount.point()))
                .max(Comparator.comparingInt(mount -> mount.point().getNameCount()))
                .filter(Mount::shared)
                .isPresent();
    }
}
