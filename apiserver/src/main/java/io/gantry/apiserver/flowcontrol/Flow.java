package io.gantry.apiserver.flowcontrol;

import io.gantry.api.flowcontrol.v1.flowschema.FlowSchema;
import io.gantry.apiserver.http.Headers;
import java.util.List;
import java.util.Objects;

/// One FlowSchema that is in force.
record Flow(
        String name,
        String uid,
        int precedence,
        String distinguisher,
        List<FlowRule> rules,
        PriorityLevel level,
        Headers headers) {
    private static final int DEFAULT_PRECEDENCE = 1000;

    Flow {
        rules = List.copyOf(rules);
    }

    static Flow of(FlowSchema schema, PriorityLevel level) {
        Integer precedence = schema.spec().matchingPrecedence();
        var method = schema.spec().distinguisherMethod();
        return new Flow(
                Objects.requireNonNullElse(schema.metadata().name(), ""),
                Objects.requireNonNullElse(schema.metadata().uid(), ""),
                precedence == null ? DEFAULT_PRECEDENCE : precedence,
                method == null ? "" : Objects.requireNonNullElse(method.type(), ""),
                schema.spec().rules().stream().map(FlowRule::new).toList(),
                level,
                FlowControl.named(
                        Objects.requireNonNullElse(schema.metadata().uid(), ""),
                        level.settings().uid()));
    }

    boolean matches(Digest digest) {
        for (FlowRule rule : rules) {
            if (rule.matches(digest)) {
                return true;
            }
        }
        return false;
    }

    /// What tells the flows of one schema apart, as a hash.
    long hash(Digest digest) {
        String apart = switch (distinguisher) {
            case "ByUser" -> digest.user().name();
            case "ByNamespace" -> digest.info().namespace();
            default -> "";
        };
        long hash = 31L * name.hashCode() + apart.hashCode();
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
