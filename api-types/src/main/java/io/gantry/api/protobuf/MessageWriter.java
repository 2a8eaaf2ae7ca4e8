package io.gantry.api.protobuf;

import io.gantry.api.Json;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Writes JSON as a message, token by token; no tree is made. What the message has no field for is left out. One per
/// document, not thread-safe.
final class MessageWriter {
    private final JsonParser in;
    private final MessageBuffer out;
    private final MessagePlans plans;

    MessageWriter(JsonParser in, MessageBuffer out, MessagePlans plans) {
        this.in = in;
        this.out = out;
        this.plans = plans;
    }

    /// Writes the rest of an object whose opening brace, and perhaps some fields, were read.
    void fields(MessagePlan plan) {
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            MessagePlan.Target target = plan.targets().get(in.currentName());
            if (in.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            if (target == null) {
                in.skipChildren();
            } else {
                field(target);
            }
        }
    }

    private void field(MessagePlan.Target target) {
        int[] starts = new int[target.path().length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = out.begin(target.path()[i]);
        }
        int number = target.number();
        FieldPlan.Value value = target.field().value();
        switch (target.field().shape()) {
            case ONE -> value(number, value);
            case MANY -> elements(number, value);
            case MAP -> entries(number, value);
        }
        for (int i = starts.length - 1; i >= 0; i--) {
            out.end(starts[i]);
        }
    }

    private void elements(int number, FieldPlan.Value value) {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw unexpected();
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NULL) {
                value(number, value);
            }
        }
    }

    private void entries(int number, FieldPlan.Value value) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected();
        }
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            int entry = out.begin(number);
            out.text(1, in.currentName());
            if (in.nextToken() != JsonToken.VALUE_NULL) {
                value(2, value);
            }
            out.end(entry);
        }
    }

    private void value(int number, FieldPlan.Value value) {
        switch (value) {
            case FieldPlan.Scalar scalar -> scalar(number, scalar.type());
            case FieldPlan.Struct struct -> struct(number, struct.plan().get());
            case FieldPlan.Inline inline -> struct(number, inline.plan().get());
            case FieldPlan.Special special -> {
                int start = out.begin(number);
                special(special.message());
                out.end(start);
            }
        }
    }

    private void struct(int number, MessagePlan plan) {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected();
        }
        int start = out.begin(number);
        fields(plan);
        out.end(start);
    }

    private void scalar(int number, FieldPlan.Scalar.Type type) {
        switch (type) {
            case STRING -> out.text(number, in.getString());
            case BYTES -> out.bytes(number, Base64.getMimeDecoder().decode(in.getString()));
            case BOOL -> out.number(number, in.getBooleanValue() ? 1 : 0);
            case INT32, INT64 -> out.number(number, in.getLongValue());
            case DOUBLE -> out.decimal(number, in.getDoubleValue());
        }
    }

    private void special(SpecialMessage message) {
        switch (message) {
            case TIME, MICRO_TIME -> time();
            case QUANTITY -> out.text(1, in.getString());
            case INT_OR_STRING -> {
                boolean text = in.currentToken() == JsonToken.VALUE_STRING;
                out.number(1, text ? 1 : 0);
                out.number(2, text ? 0 : in.getLongValue());
                out.text(3, text ? in.getString() : "");
            }
            case RAW_JSON -> out.bytes(1, json());
            case STRINGS -> elements(1, new FieldPlan.Scalar(FieldPlan.Scalar.Type.STRING));
            case SCHEMA_OR_ARRAY -> either(1, new FieldPlan.Struct(plans::schema));
            case SCHEMA_OR_STRINGS -> either(1, new FieldPlan.Scalar(FieldPlan.Scalar.Type.STRING));
            case SCHEMA_OR_BOOL -> {
                boolean schema = in.currentToken() == JsonToken.START_OBJECT;
                out.number(1, schema || in.getBooleanValue() ? 1 : 0);
                if (schema) {
                    struct(2, plans.schema());
                }
            }
        }
    }

    /// A schema, or a list of what `element` says in the next field.
    private void either(int number, FieldPlan.Value element) {
        if (in.currentToken() == JsonToken.START_ARRAY) {
            elements(number + 1, element);
        } else {
            struct(number, plans.schema());
        }
    }

    private void time() {
        Instant time = Instant.parse(in.getString());
        out.number(1, time.getEpochSecond());
        out.number(2, time.getNano());
    }

    private byte[] json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.copyCurrentStructure(in);
        }
        return bytes.toByteArray();
    }

    private IllegalStateException unexpected() {
        return new IllegalStateException("unexpected " + in.currentToken() + " at " + in.currentLocation());
    }
}
