package io.gantry.apiserver.authn;

import java.util.List;
import java.util.Map;

/// Who asks.
///
/// @param uid empty where unknown
/// @param extra further facts, e.g. `authentication.kubernetes.io/pod-name`
public record UserInfo(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
    public static final String ANONYMOUS = "system:anonymous";
    public static final String UNAUTHENTICATED_GROUP = "system:unauthenticated";
    public static final String AUTHENTICATED_GROUP = "system:authenticated";
    public static final String MASTERS_GROUP = "system:masters";

    public UserInfo {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    public static UserInfo of(String name, String... groups) {
        return new UserInfo(name, "", List.of(groups), Map.of());
    }

    public static UserInfo anonymous() {
        return of(ANONYMOUS, UNAUTHENTICATED_GROUP);
    }

    /// The server itself.
    public static UserInfo apiServer() {
        return of("system:apiserver", MASTERS_GROUP, AUTHENTICATED_GROUP);
    }

    public boolean inGroup(String group) {
        return groups.contains(group);
    }
}
