package io.gantry.cli.compose;

import java.util.Set;

/// Something mounted into a service's containers.
public sealed interface ComposeMount {
    /// Where in the container.
    String target();

    boolean readOnly();

    /// A named volume of the file.
    record Named(String volume, String target, boolean readOnly) implements ComposeMount {}

    /// A path of the host, absolute or relative to the file.
    record Bind(String source, String target, boolean readOnly) implements ComposeMount {}

    /// An empty folder that lives as long as the pod: an anonymous volume, or in memory.
    record Scratch(String target, boolean memory, boolean readOnly) implements ComposeMount {}

    /// Reads the short form (`data:/var/lib:ro`) or the long one.
    static ComposeMount read(ComposeNode node) {
        if (node.isMap()) {
            return readLong(node);
        }
        String[] parts = node.text().split(":", -1);
        if (parts.length > 3 || parts[parts.length - 1].isEmpty()) {
            throw node.wrong("a volume is [source:]target[:ro], not " + node.text());
        }
        if (parts.length == 1) {
            return new Scratch(parts[0], false, false);
        }
        boolean readOnly = parts.length == 3 && Set.of(parts[2].split(",")).contains("ro");
        return isPath(parts[0]) ? new Bind(parts[0], parts[1], readOnly) : new Named(parts[0], parts[1], readOnly);
    }

    private static ComposeMount readLong(ComposeNode node) {
        node.refuseOthers(Set.of("type", "source", "target", "read_only", "bind", "volume", "tmpfs", "consistency"));
        String target = node.get("target").text();
        boolean readOnly = node.get("read_only").bool();
        String type = node.get("type").optionalText().orElse("volume");
        return switch (type) {
            case "tmpfs" -> new Scratch(target, true, readOnly);
            case "bind" -> new Bind(node.get("source").text(), target, readOnly);
            case "volume" ->
                node.get("source").isPresent()
                        ? new Named(node.get("source").text(), target, readOnly)
                        : new Scratch(target, false, readOnly);
            default -> throw node.wrong("the mount type " + type + " is not supported (volume, bind, tmpfs are)");
        };
    }

    private static boolean isPath(String source) {
        return source.startsWith("/") || source.startsWith(".") || source.startsWith("~");
    }
}
