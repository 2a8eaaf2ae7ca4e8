package io.gantry.api.kind;

import java.util.List;

/// Which form the names of a kind have.
public enum NameForm {
    /// RFC 1123 subdomain: most kinds.
    SUBDOMAIN,
    /// RFC 1123 label: Namespace, Service, StatefulSet.
    LABEL,
    /// Anything that fits into a path: the kinds of RBAC, APIServices, what upstream does not look at otherwise.
    PATH_SEGMENT,
    /// An IP address, which the kind's own rules check: IPAddress.
    ADDRESS;

    /// The form of a kind's names; custom resources have the default.
    public static NameForm of(String group, String kind) {
        // The core group's APIService is `v1.`.
        if (group.equals("rbac.authorization.k8s.io") || group.equals("apiregistration.k8s.io")) {
            return PATH_SEGMENT;
        }
        if (group.equals("policy") || group.equals("certificates.k8s.io") || group.isEmpty() && kind.equals("Event")) {
            return PATH_SEGMENT;
        }
        if (group.equals("networking.k8s.io") && kind.equals("IPAddress")) {
            return ADDRESS;
        }
        if (group.equals("apps") && kind.equals("StatefulSet")) {
            return LABEL;
        }
        if (!group.isEmpty()) {
            return SUBDOMAIN;
        }
        return switch (kind) {
            case "Namespace", "Service" -> LABEL;
            default -> SUBDOMAIN;
        };
    }

    /// What is wrong with a name, in upstream's words.
    ///
    /// @param prefix a generateName, which may end with a dash
    public List<String> check(String name, boolean prefix) {
        String text = prefix && name.length() > 1 && name.endsWith("-") && this != PATH_SEGMENT
                ? name.substring(0, name.length() - 2) + "a"
                : name;
        return switch (this) {
            case SUBDOMAIN -> Names.subdomain(text);
            case LABEL -> Names.label(text);
            case PATH_SEGMENT -> Names.pathSegment(text);
            case ADDRESS -> List.of();
        };
    }
}
