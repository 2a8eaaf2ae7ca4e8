package io.gantry.api.decode;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A decoded request body.
///
/// @param tree the object; the caller owns it
/// @param strictErrors what strict decoding objects to, e.g. `duplicate field "spec.replicas"`
public record Body(ObjectNode tree, List<String> strictErrors) {
    public Body {
        strictErrors = List.copyOf(strictErrors);
    }
}
