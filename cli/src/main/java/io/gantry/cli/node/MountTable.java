package io.gantry.cli.node;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Reads `/proc/self/mountinfo`.
final class MountTable {
    private static final int POINT_FIELD = 4;

    private MountTable() {}

    /// Mount points at or below the folders, the deepest first.
    static List<String> below(String mountInfo, List<Path> folders) {
        return mountInfo
                .lines()
                .map(line -> line.split(" ")[POINT_FIELD])
                .map(MountTable::unescape)
                .filter(point ->
                        folders.stream().anyMatch(folder -> Path.of(point).startsWith(folder)))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// Spaces and the like are octal escapes there.
    private static String unescape(String point) {
        return point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }
}
