package io.gantry.api.protobuf;

import io.gantry.api.apiextensions.v1.customresourcedefinition.JSONSchemaProps;
import io.gantry.api.meta.v1.ListMeta;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Plans by message and record, made at their first use and kept. Thread-safe.
final class MessagePlans {
    private record Key(String message, Class<?> type) {}

    private static final String SCHEMA = SpecialMessage.EXTENSIONS + "JSONSchemaProps";

    private final ProtoFacts facts;
    private final Map<Key, MessagePlan> plans = new ConcurrentHashMap<>();

    MessagePlans(ProtoFacts facts) {
        this.facts = facts;
    }

    /// The plan that decodes `message` to the JSON of record `type`.
    MessagePlan plan(String message, Class<?> type) {
        Key key = new Key(message, type);
        MessagePlan known = plans.get(key);
        if (known == null) {
            known = make(message, type);
            plans.put(key, known);
        }
        return known;
    }

    /// The plan of a CRD's schema.
    MessagePlan schema() {
        return plan(SCHEMA, JSONSchemaProps.class);
    }

    /// The plan of a list: its metadata and elements.
    ///
    /// @param message the list's
    /// @param element the elements' message
    /// @param type the elements' record
    MessagePlan list(String message, String element, Class<?> type) {
        Key key = new Key(message, type);
        MessagePlan known = plans.get(key);
        if (known == null) {
            known = makeList(message, element, type);
            plans.put(key, known);
        }
        return known;
    }

    private MessagePlan makeList(String message, String element, Class<?> type) {
        Map<Integer, FieldPlan> fields = new HashMap<>();
        for (ProtoField field : facts.fields(message)) {
            FieldPlan.Value value = field.name().equals("items")
                    ? new FieldPlan.Struct(() -> plan(element, type))
                    : new FieldPlan.Struct(() -> plan(field.type(), ListMeta.class));
            fields.put(field.number(), new FieldPlan(field.name(), field.shape(), true, value));
        }
        return new MessagePlan(fields);
    }

    private MessagePlan make(String message, Class<?> type) {
        Map<Integer, FieldPlan> fields = new HashMap<>();
        RecordShape shape = new RecordShape(type);
        for (ProtoField field : facts.fields(message)) {
            shape.find(field.name())
                    .map(component -> direct(field, component))
                    .or(() -> inline(field, type))
                    .ifPresent(plan -> fields.put(field.number(), plan));
        }
        return new MessagePlan(fields);
    }

    private FieldPlan direct(ProtoField field, RecordShape.Component component) {
        return new FieldPlan(
                component.jsonName(),
                field.shape(),
                field.pointer() || component.required(),
                value(field, component.element() instanceof Class<?> c && c.isRecord() ? c : NoFields.class));
    }

    private FieldPlan.Value value(ProtoField field, Class<?> type) {
        if (!field.message()) {
            return new FieldPlan.Scalar(
                    FieldPlan.Scalar.Type.valueOf(field.type().toUpperCase(Locale.ROOT)));
        }
        return SpecialMessage.named(field.type())
                .<FieldPlan.Value>map(FieldPlan.Special::new)
                .orElseGet(() -> new FieldPlan.Struct(() -> plan(field.type(), type)));
    }

    private Optional<FieldPlan> inline(ProtoField field, Class<?> type) {
        if (!field.message() || field.shape() != ProtoField.Shape.ONE) {
            return Optional.empty();
        }
        FieldPlan.Value value = new FieldPlan.Inline(() -> plan(field.type(), type));
        return Optional.of(new FieldPlan("", ProtoField.Shape.ONE, false, value));
    }

    /// Stands for JSON without a record: an object without fields.
    private record NoFields() {}
}
