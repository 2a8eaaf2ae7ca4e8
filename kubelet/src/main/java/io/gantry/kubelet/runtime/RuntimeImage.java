package io.gantry.kubelet.runtime;

import java.util.List;
import java.util.OptionalLong;

/// An image on the node.
///
/// @param user the user it runs as, by number, where it says so; `userName` where it does so by name
/// @param pinned never collected
public record RuntimeImage(
        String id,
        List<String> tags,
        List<String> digests,
        long sizeBytes,
        OptionalLong user,
        String userName,
        boolean pinned) {
    public RuntimeImage {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }
}
