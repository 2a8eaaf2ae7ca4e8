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

/// Stored objects, each with one field changed, sent as an update of the object or of its status, and what
/// kube-apiserver 1.36.1 found wrong with it (`updated.json`; `docs/compatibility.md`, "Beside a real kube-apiserver").
final class UpdatedObjectsTest {
    static Stream<FieldChange> cases() throws IOException {
        return FieldChange.all("updated.json");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheFaultsThatKubeApiserverFinds(FieldChange one) {
        assertEquals(new TreeSet<>(one.faults()), new TreeSet<>(faults(one.definition(), one)));
    }

    private static <T extends KubernetesObject> List<String> faults(KindDefinition<T> definition, FieldChange one) {
        ResourceSchema schema = Schemas.of(definition.kind());
        ObjectNode object = one.changed();
        FieldErrors errors = new FieldErrors();
        try {
            schema.conform(object);
        } catch (StatusException unfit) {
            return List.of(String.valueOf(unfit.getMessage()));
        }
        schema.applyDefaults(object);
        definition.rules().defaults(object);
        boolean status = one.subresource().equals("status");
        if (status) {
            definition.rules().prepareForStatusUpdate(object, one.base());
        } else {
            definition.rules().prepareForUpdate(object, one.base());
        }
        ObjectMetaRules.validateUpdate(
                object.path("metadata"),
                one.base().path("metadata"),
                definition.kind().group(),
                definition.kind().name(),
                errors);
        T typed = Json.MAPPER.treeToValue(object, definition.kind().type());
        T old = Json.MAPPER.treeToValue(one.base(), definition.kind().type());
        if (status) {
            definition.rules().validateStatusTree(object, one.base(), errors);
            definition.rules().validateStatusUpdate(typed, old, errors);
        } else {
            schema.validate(object, errors);
            definition.rules().validate(typed, errors);
            definition.rules().validateUpdate(typed, old, errors);
        }
        return errors.all().stream().map(Object::toString).toList();
    }
}
