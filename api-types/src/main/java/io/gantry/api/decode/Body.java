package io.gantry.api.decode;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// A decoded request body.
///
/// @param tree the object; the caller owns it
/// @param strictErrors what strict decoding objects to whatever the type: in JSON `duplicate field "spec.replicas"`, in
/// YAML `line 3: key "replicas" already set in map`
/// @param yaml whether the errors are YAML's
/// @param typed all that strict decoding of JSON into a type objects to
public record Body(ObjectNode tree, List<String> strictErrors, boolean yaml, Function<Target, List<String>> typed) {
    public Body {
        strictErrors = List.copyOf(strictErrors);
    }

    /// What cannot err so.
    public Body(ObjectNode tree) {
        this(tree, List.of(), false, target -> List.of());
    }

    /// The strict errors as an error of upstream's tells them: YAML's as one, a line each.
    public String strictText() {
        return yaml
                ? "yaml: unmarshal errors:\n  " + String.join("\n  ", strictErrors)
                : String.join(", ", strictErrors);
    }
}
