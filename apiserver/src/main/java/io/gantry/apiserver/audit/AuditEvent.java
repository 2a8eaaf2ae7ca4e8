package io.gantry.apiserver.audit;

import io.gantry.api.Json;
import tools.jackson.databind.node.ObjectNode;

/// One stage of a request, as it goes to every backend.
///
/// @param json the tree's
@SuppressWarnings("ArrayRecordComponent")
record AuditEvent(AuditLevel level, ObjectNode tree, byte[] json) {
    private static final String TRUNCATED = "audit.k8s.io/truncated";

    static AuditEvent of(AuditLevel level, ObjectNode tree) {
        return new AuditEvent(level, tree, Json.MAPPER.writeValueAsBytes(tree));
    }

    /// Without the objects of the request and its answer, which it says (upstream `plugin/pkg/audit/truncate`).
    AuditEvent truncated() {
        ObjectNode less = tree.deepCopy();
        less.remove("requestObject");
        less.remove("responseObject");
        less.withObjectProperty("annotations").put(TRUNCATED, "true");
        return of(level, less);
    }
}
