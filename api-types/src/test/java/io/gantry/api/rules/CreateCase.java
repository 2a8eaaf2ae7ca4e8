package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// An object that somebody creates, and what is said of it.
///
/// @param name what is the matter with it
/// @param json written with single quotes
/// @param errors empty for an object without faults
record CreateCase(String name, KindDefinition<?> kind, String json, List<String> errors) {
    void check() {
        assertEquals(errors, new RulesHarness<>(kind).create(json));
    }

    @Override
    public String toString() {
        return kind.kind().name() + ": " + name;
    }
}
