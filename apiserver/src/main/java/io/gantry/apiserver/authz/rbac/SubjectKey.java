package io.gantry.apiserver.authz.rbac;

import io.gantry.api.rbac.v1.rolebinding.Subject;
import io.gantry.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whom a binding names. A service account is the user that its token makes it.
record SubjectKey(boolean group, String name) {
    private static final String SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";

    /// @param bindingNamespace where a service account without a namespace lives
    static Optional<SubjectKey> of(Subject subject, String bindingNamespace) {
        String name = subject.name() == null ? "" : subject.name();
        String kind = subject.kind() == null ? "" : subject.kind();
        String namespace = subject.namespace() == null ? bindingNamespace : subject.namespace();
        return switch (kind) {
            case "User" -> Optional.of(new SubjectKey(false, name));
            case "Group" -> Optional.of(new SubjectKey(true, name));
            case "ServiceAccount" ->
                namespace.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SubjectKey(false, SERVICE_ACCOUNT_PREFIX + namespace + ":" + name));
            default -> Optional.empty();
        };
    }

    static List<SubjectKey> of(UserInfo user) {
        List<SubjectKey> keys = new ArrayList<>(user.groups().size() + 1);
        keys.add(new SubjectKey(false, user.name()));
        for (String group : user.groups()) {
            keys.add(new SubjectKey(true, group));
        }
        return keys;
    }
}
