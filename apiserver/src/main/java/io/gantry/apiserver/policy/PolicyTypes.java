package io.gantry.apiserver.policy;

import io.gantry.cel.type.DeclType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The types of `request` and `namespaceObject` (upstream `admission/plugin/cel/compile.go`).
final class PolicyTypes {
    private static final DeclType STRING = DeclType.STRING;
    private static final DeclType STRINGS = list(STRING);
    private static final DeclType TIME = DeclType.simple(DeclType.Kind.TIMESTAMP, 32, 21, "date-time");

    static final DeclType REQUEST = request();
    static final DeclType NAMESPACE = namespace();

    private PolicyTypes() {}

    private static DeclType list(DeclType element) {
        return DeclType.list(element, Long.MAX_VALUE, DeclType.ListKind.ATOMIC, List.of());
    }

    private static DeclType object(String name, Object... fields) {
        Map<String, DeclType> all = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.put((String) fields[i], (DeclType) fields[i + 1]);
        }
        return DeclType.object("kubernetes." + name, all, 2);
    }

    private static DeclType request() {
        DeclType kind = object("GroupVersionKind", "group", STRING, "version", STRING, "kind", STRING);
        DeclType resource = object("GroupVersionResource", "group", STRING, "version", STRING, "resource", STRING);
        DeclType user = object(
                "UserInfo",
                "username",
                STRING,
                "uid",
                STRING,
                "groups",
                STRINGS,
                "extra",
                DeclType.map(STRINGS, Long.MAX_VALUE));
        return object(
                "AdmissionRequest",
                "kind",
                kind,
                "resource",
                resource,
                "subResource",
                STRING,
                "requestKind",
                kind,
                "requestResource",
                resource,
                "requestSubResource",
                STRING,
                "name",
                STRING,
                // A reserved word of CEL, escaped as in schemas, and as upstream's own type spells it.
                "namespace",
                STRING,
                "operation",
                STRING,
                "userInfo",
                user,
                "dryRun",
                DeclType.BOOL,
                "options",
                DeclType.DYN);
    }

    private static DeclType namespace() {
        DeclType texts = DeclType.map(STRING, Long.MAX_VALUE);
        DeclType condition = object(
                "NamespaceCondition",
                "status",
                STRING,
                "type",
                STRING,
                "lastTransitionTime",
                TIME,
                "message",
                STRING,
                "reason",
                STRING);
        DeclType metadata = object(
                "NamespaceMetadata",
                "name",
                STRING,
                "generateName",
                STRING,
                "namespace",
                STRING,
                "labels",
                texts,
                "annotations",
                texts,
                "UID",
                STRING,
                "creationTimestamp",
                TIME,
                "deletionGracePeriodSeconds",
                DeclType.INT,
                "deletionTimestamp",
                TIME,
                "generation",
                DeclType.INT,
                "resourceVersion",
                STRING,
                "finalizers",
                STRINGS);
        return object(
                "Namespace",
                "metadata",
                metadata,
                "spec",
                object("NamespaceSpec", "finalizers", STRINGS),
                "status",
                object("NamespaceStatus", "conditions", list(condition), "phase", STRING));
    }
}
