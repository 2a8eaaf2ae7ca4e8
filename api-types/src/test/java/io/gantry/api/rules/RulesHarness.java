package io.gantry.api.rules;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.ObjectMetaRules;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Runs an object through defaults and checks as the API server does.
record RulesHarness<T extends KubernetesObject>(KindDefinition<T> definition) {
    ObjectNode defaulted(String json) {
        ObjectNode object = parse(json);
        ResourceSchema schema = Schemas.of(definition.kind());
        schema.applyDefaults(object);
        definition.rules().defaults(object);
        return object;
    }

    List<String> create(String json) {
        ObjectNode object = defaulted(json);
        FieldErrors errors = new FieldErrors();
        definition.rules().validateCreate(typed(object), errors);
        return Stream.concat(texts(errors.all()).stream(), texts(checked(object)).stream())
                .toList();
    }

    List<String> update(String json, String old) {
        ObjectNode before = defaulted(old);
        ObjectNode now = defaulted(json);
        definition.rules().prepareForUpdate(now, before);
        return texts(checkedUpdate(now, before));
    }

    /// What is wrong with an update of what was stored before there were defaults.
    List<String> updateOfUndefaulted(String json, String old) {
        return texts(checkedUpdate(defaulted(json), (ObjectNode) Json.MAPPER.readTree(old.replace('\'', '"'))));
    }

    /// What is wrong with an update of a subresource.
    List<String> updatePart(String subresource, String json, String old) {
        FieldErrors errors = new FieldErrors();
        definition
                .rules()
                .validateSubresourceUpdate(subresource, typed(defaulted(json)), typed(defaulted(old)), errors);
        return texts(errors.all());
    }

    private List<FieldError> checked(ObjectNode object) {
        FieldErrors errors = new FieldErrors();
        ObjectMetaRules.validate(
                object.path("metadata"),
                definition.kind().namespaced(),
                definition.kind().group(),
                definition.kind().name(),
                errors);
        Schemas.of(definition.kind()).validate(object, errors);
        definition.rules().validate(typed(object), errors);
        return errors.all();
    }

    private List<FieldError> checkedUpdate(ObjectNode object, ObjectNode old) {
        FieldErrors errors = new FieldErrors();
        Schemas.of(definition.kind()).validate(object, errors);
        definition.rules().validate(typed(object), errors);
        definition.rules().validateUpdate(typed(object), typed(old), errors);
        return errors.all();
    }

    static ObjectNode parse(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json.replace('\'', '"'));
    }

    T typed(ObjectNode object) {
        return Json.MAPPER.treeToValue(object, definition.kind().type());
    }

    private static List<String> texts(List<FieldError> errors) {
        return errors.stream().map(Object::toString).toList();
    }
}
