package io.gantry.api.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The API server reads no more of an object than a kind says that it looks at.
final class SelectablePathsTest {
    @Test
    void everyKindNamesWhatItsSelectableFieldsLookAt() {
        List<String> missing = new ArrayList<>();
        for (KindDefinition<?> definition : KindCatalog.all()) {
            Set<String> seen = new TreeSet<>();
            definition.rules().selectableFields(new Recorder("", seen));
            for (String path : seen) {
                if (definition.rules().selectablePaths().stream().noneMatch(declared -> covers(declared, path))) {
                    missing.add(definition.kind().groupResource() + " " + path);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /// What is above a declared path is there too.
    private static boolean covers(String declared, String path) {
        return (declared + ".").startsWith(path + ".") || path.startsWith(declared + ".");
    }

    /// An object that has every field, and remembers which were asked for.
    private static final class Recorder extends ObjectNode {
        private final String path;
        private final transient Set<String> seen;

        Recorder(String path, Set<String> seen) {
            super(JsonNodeFactory.instance);
            this.path = path;
            this.seen = seen;
        }

        private JsonNode child(String name) {
            String below = path.isEmpty() ? name : path + "." + name;
            seen.add(below);
            return new Recorder(below, seen);
        }

        @Override
        public JsonNode get(String name) {
            return child(name);
        }

        @Override
        public JsonNode path(String name) {
            return child(name);
        }

        @Override
        public JsonNode path(int index) {
            return this;
        }
    }
}
