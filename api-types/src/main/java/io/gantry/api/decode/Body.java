package io.gantry.api.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/// A decoded request body.
///
/// @param tree the object; the caller owns it
/// @param strictErrors what strict decoding objects to, e.g. `duplicate field "spec.replicas"`
/// @param order puts strict errors in the order in which the document gives cause for them
public record Body(ObjectNode tree, List<String> strictErrors, UnaryOperator<List<String>> order) {
    public Body {
        strictErrors = List.copyOf(strictErrors);
    }

    /// A body whose own strict errors come first.
    public Body(ObjectNode tree, List<String> strictErrors) {
        this(tree, strictErrors, UnaryOperator.identity());
    }

    /// The strict errors together with what the schema objects to.
    public List<String> inDocumentOrder(List<String> unknown) {
        if (unknown.isEmpty() || strictErrors.isEmpty()) {
            return unknown.isEmpty() ? strictErrors : unknown;
        }
        List<String> all = new ArrayList<>(strictErrors);
        all.addAll(unknown);
        return order.apply(all);
    }
}
