package io.gantry.apiserver.openapi;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI v2 document of another server.
///
/// @param prefixes of the paths that it serves here, `/apis/GROUP/VERSION`
/// @param tree its whole document; not to be changed
/// @param hash tells versions of it apart
public record ForeignDocument(List<String> prefixes, ObjectNode tree, String hash) {
    public ForeignDocument {
        prefixes = List.copyOf(prefixes);
    }

    boolean serves(String path) {
        return prefixes.stream().anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }
}
