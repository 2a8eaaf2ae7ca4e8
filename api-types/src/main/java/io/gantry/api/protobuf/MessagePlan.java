package io.gantry.api.protobuf;

import java.util.Map;

/// Fields of a message by number. Numbers that are not here are skipped, as protobuf demands.
record MessagePlan(Map<Integer, FieldPlan> fields) {
    MessagePlan {
        fields = Map.copyOf(fields);
    }
}
