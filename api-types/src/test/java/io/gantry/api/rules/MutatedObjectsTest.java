package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.ObjectMetaRules;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Whole objects of every kind, each with one field changed, and what kube-apiserver 1.36.1 found wrong with it
/// (`mutated.json`; `docs/compatibility.md`, "Beside a real kube-apiserver").
final class MutatedObjectsTest {
    static Stream<FieldChange> cases() throws IOException {
        return FieldChange.all("mutated.json");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheFaultsThatKubeApiserverFinds(FieldChange one) {
        assertEquals(new TreeSet<>(one.faults()), new TreeSet<>(faults(one.definition(), one.changed())));
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
