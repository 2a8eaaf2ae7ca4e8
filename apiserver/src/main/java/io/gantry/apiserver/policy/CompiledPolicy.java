package io.gantry.apiserver.policy;

import java.util.List;
import java.util.Optional;

/// A policy with its expressions compiled.
///
/// @param variables in order; each sees those before it
/// @param reinvoked of a mutating policy: whether it runs again when a later one changed the object
record CompiledPolicy(
        List<Compiled> conditions,
        List<Compiled> variables,
        List<Validation> validations,
        List<Compiled> annotations,
        List<Mutation> mutations,
        boolean reinvoked) {
    /// @param message the expression of the message; empty without one
    /// @param text the message itself; empty without one
    record Validation(Compiled expression, Optional<Compiled> message, String text, String reason) {}

    /// @param jsonPatch whether the expression gives a JSON patch, not an object to apply
    record Mutation(Compiled expression, boolean jsonPatch) {}
}
