package io.gantry.apiserver.openapi;

/// How the operations of one group and version are named and grouped: generated clients have their classes
/// and methods from it. As upstream's `GetOperationIDAndTags` (`k8s.io/apiserver/pkg/endpoints/openapi`).
///
/// @param infix stands between an operation's verb and what it is about, e.g. `RbacAuthorizationV1`
/// @param tag e.g. `rbacAuthorization_v1`
record OperationNames(String infix, String tag) {
    private static final String OWN = ".k8s.io";

    /// @param group empty for core
    static OperationNames of(String group, String version) {
        OperationNames names = ofGroup(group);
        return new OperationNames(names.infix() + valid(version, true), names.tag() + "_" + valid(version, false));
    }

    /// Those of a group as a whole.
    static OperationNames ofGroup(String group) {
        String name = group.isEmpty() ? "core" : group;
        String trimmed = name.endsWith(OWN) ? name.substring(0, name.length() - OWN.length()) : name;
        return new OperationNames(valid(trimmed, true), valid(trimmed, false));
    }

    String id(String verb, String about) {
        return verb + infix + about;
    }

    /// Letters, digits and underscores; what follows anything else is a capital.
    static String valid(String text, boolean capitalFirst) {
        StringBuilder valid = new StringBuilder();
        boolean capital = capitalFirst;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (Character.isLetter(letter) || letter == '_' || i != 0 && Character.isDigit(letter)) {
                valid.append(capital ? Character.toUpperCase(letter) : letter);
                capital = false;
            } else {
                capital = true;
            }
        }
        return valid.toString();
    }
}
