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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Stored objects, each with one field changed, sent as an update of the object or of its status, and what
/// kube-apiserver 1.36.1 found wrong with it (`updated.json`; `docs/compatibility.md`, "Beside a real kube-apiserver").
final class UpdatedObjectsTest {
    /// One change of one stored object.
    ///
    /// @param subresource `status`, or empty for the object
    /// @param path names of fields and places in lists
    /// @param value missing where the field is taken away
    /// @param faults as the server told them, without order; empty where it took the object
    record Case(ObjectNode stored, String subresource, ArrayNode path, JsonNode value, List<String> faults) {
        static Case of(JsonNode file, JsonNode one) {
            return new Case(
                    (ObjectNode) file.path("bases").get(one.path("base").asInt()),
                    one.path("subresource").asString(""),
                    (ArrayNode) one.path("path"),
                    one.path("value"),
                    one.path("faults").valueStream().map(JsonNode::asString).toList());
        }

        @Override
        public String toString() {
            return stored.path("kind").asString("") + " " + path + (value.isMissingNode() ? " absent" : "=" + value);
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(UpdatedObjectsTest.class.getResourceAsStream("updated.json"))) {
            JsonNode file = Json.MAPPER.readTree(in.readAllBytes());
            return file.path("cases").valueStream().map(one -> Case.of(file, one));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasTheFaultsThatKubeApiserverFinds(Case one) {
        assertEquals(new TreeSet<>(one.faults()), new TreeSet<>(faults(definition(one.stored()), one)));
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

    private static <T extends KubernetesObject> List<String> faults(KindDefinition<T> definition, Case one) {
        ResourceSchema schema = Schemas.of(definition.kind());
        ObjectNode object = FieldChange.apply(one.stored(), one.path(), one.value());
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
            definition.rules().prepareForStatusUpdate(object, one.stored());
        } else {
            definition.rules().prepareForUpdate(object, one.stored());
        }
        ObjectMetaRules.validateUpdate(
                object.path("metadata"),
                one.stored().path("metadata"),
                definition.kind().group(),
                definition.kind().name(),
                errors);
        T typed = Json.MAPPER.treeToValue(object, definition.kind().type());
        T old = Json.MAPPER.treeToValue(one.stored(), definition.kind().type());
        if (status) {
            definition.rules().validateStatusTree(object, one.stored(), errors);
            definition.rules().validateStatusUpdate(typed, old, errors);
        } else {
            schema.validate(object, errors);
            definition.rules().validate(typed, errors);
            definition.rules().validateUpdate(typed, old, errors);
        }
        return errors.all().stream().map(Object::toString).toList();
    }
}
