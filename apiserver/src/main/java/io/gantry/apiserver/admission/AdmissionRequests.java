package io.gantry.apiserver.admission;

import io.gantry.apiserver.authn.UserInfo;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// The parts of an `AdmissionRequest` (`admission.k8s.io/v1`) that are the same wherever one is shown: to webhooks
/// and to the expressions of policies. Pure.
public final class AdmissionRequests {
    private AdmissionRequests() {}

    /// Which object the request is for, by whom, and what is done to it.
    public static void describe(ObjectNode request, AdmissionAttributes attributes) {
        putIf(request, "subResource", attributes.subresource());
        putIf(request, "requestSubResource", attributes.subresource());
        putIf(request, "name", attributes.name());
        putIf(request, "namespace", attributes.namespace());
        request.put("operation", attributes.operation().name());
        user(request.putObject("userInfo"), attributes.user());
    }

    /// A `GroupVersionKind` or a `GroupVersionResource`.
    ///
    /// @param field `kind` or `resource`, as which the value stands there
    public static void triple(ObjectNode into, String group, String version, String field, String value) {
        into.put("group", group).put("version", version).put(field, value);
    }

    /// The options of the request as an object of their kind; the caller's own copy.
    public static ObjectNode options(AdmissionAttributes attributes) {
        String operation = attributes.operation().name();
        ObjectNode options = attributes.options().deepCopy();
        options.put("kind", operation.charAt(0) + operation.substring(1).toLowerCase(Locale.ROOT) + "Options");
        options.put("apiVersion", "meta.k8s.io/v1");
        return options;
    }

    private static void user(ObjectNode tree, UserInfo user) {
        tree.put("username", user.name());
        putIf(tree, "uid", user.uid());
        if (!user.groups().isEmpty()) {
            user.groups().forEach(tree.putArray("groups")::add);
        }
        if (!user.extra().isEmpty()) {
            ObjectNode extra = tree.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
        }
    }

    private static void putIf(ObjectNode tree, String field, String value) {
        if (!value.isEmpty()) {
            tree.put(field, value);
        }
    }
}
