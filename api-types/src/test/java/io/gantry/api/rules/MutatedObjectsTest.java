package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.ObjectMetaRules;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whole objects of every kind, each with one field changed, and what kube-apiserver 1.36.1 found wrong with it
/// (`mutated.json`; `docs/compatibility.md`, "Beside a real kube-apiserver").
final class MutatedObjectsTest {
    /// One change of one object.
    ///
    /// @param path names of fields and places in lists
    /// @param value missing where the field is taken away
    /// @param faults as the server told them, without order; empty where it took the object
    record Case(ObjectNode base, ArrayNode path, JsonNode value, List<String> faults) {
        ObjectNode mutated() {
            return FieldChange.apply(base, path, value);
        }

        @Override
        public String toString() {
            return base.path("kind").asString("") + " " + path + (value.isMissingNode() ? " absent" : "=" + value);
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(MutatedObjectsTest.class.getResourceAsStream("mutated.json"))) {
            JsonNode file = Json.MAPPER.readTree(in.readAllBytes());
            JsonNode cases = file.path("cases");
            return IntStream.range(0, cases.size())
                    .mapToObj(cases::get)
                    .map(one -> new Case(
                            (ObjectNode) file.path("bases").get(one.path("base").asInt()),
                            (ArrayNode) one.path("path"),
                            one.path("value"),
                            one.path("faults")
                                    .valueStream()
                                    .map(JsonNode::asString)
                                    .toList()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheFaultsThatKubeApiserverFinds(Case one) {
        ObjectNode object = one.mutated();
        assertEquals(new TreeSet<>(one.faults()), new TreeSet<>(faults(definition(object), object)));
    }

    private static KindDefinition<?> definition(ObjectNode object) {
        return KindCatalog.all().stream()
                .filter(definition -> definition
                                .kind()
                                .apiVersion()
                                .equals(object.path("apiVersion").asString(""))
                        && definition.kind().name().equals(object.path("kind").asString("")))
                .findFirst()
                .orElseThrow();
    }

    private static <T extends KubernetesObject> List<String> faults(KindDefinition<T> definition, ObjectNode object) {
        ResourceSchema schema = Schemas.of(definition.kind());
        FieldErrors errors = new FieldErrors();
        try {
            schema.conform(object);
        } catch (StatusException unfit) {
            return List.of(String.valueOf(unfit.getMessage()));
        }
        ObjectNode metadata = object.withObject("metadata").put("uid", "u");
        if (definition.kind().namespaced()
                && metadata.path("namespace").asString("").isEmpty()) {
            metadata.put("namespace", "default");
        }
        object.remove("status");
        schema.applyDefaults(object);
        definition.rules().defaults(object);
        definition.rules().prepareForCreate(object);
        ObjectMetaRules.validate(
                object.path("metadata"),
                definition.kind().namespaced(),
                definition.kind().group(),
                definition.kind().name(),
                errors);
        schema.validate(object, errors);
        T typed = Json.MAPPER.treeToValue(object, definition.kind().type());
        definition.rules().validate(typed, errors);
        definition.rules().validateCreate(typed, errors);
        return errors.all().stream().map(Object::toString).toList();
    }
}
