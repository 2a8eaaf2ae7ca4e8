package io.gantry.apiserver.authn;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Forbidden;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Query;
import io.gantry.apiserver.token.ServiceAccountTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `Impersonate-*` headers: somebody acts as somebody else, if he may `impersonate` that user, each of the groups, the
/// uid and each extra.
public final class Impersonation {
    private static final String USER = "impersonate-user";
    private static final String GROUP = "impersonate-group";
    private static final String UID = "impersonate-uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private final Authorizer authorizer;

    public Impersonation(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /// The user to go on with: the one impersonated, or the given one where nothing is asked for.
    ///
    /// @throws StatusException 403 when he may not, 400 for groups, uid or extra without a user
    public UserInfo apply(UserInfo user, Headers headers) {
        String name = headers.get(USER);
        Map<String, List<String>> extra = extra(headers);
        List<String> groups = headers.all(GROUP);
        String uid = headers.first(UID).orElse("");
        if (name == null || name.isEmpty()) {
            if (!groups.isEmpty() || !uid.isEmpty() || !extra.isEmpty()) {
                throw StatusException.badRequest("requested impersonation without impersonating a user");
            }
            return user;
        }
        checkUser(user, name);
        groups.forEach(group -> check(user, "", "groups", "", "", group));
        extra.forEach(
                (key, values) -> values.forEach(value -> check(user, AUTHENTICATION, "userextras", key, "", value)));
        if (!uid.isEmpty()) {
            check(user, AUTHENTICATION, "uids", "", "", uid);
        }
        return new UserInfo(name, uid, groups(name, groups), extra);
    }

    private void checkUser(UserInfo user, String name) {
        String[] account = serviceAccount(name);
        if (account.length == 2) {
            check(user, "", "serviceaccounts", "", account[0], account[1]);
        } else {
            check(user, "", "users", "", "", name);
        }
    }

    private void check(
            UserInfo user, String group, String resource, String subresource, String namespace, String name) {
        Forbidden.unlessAllowed(
                authorizer,
                new Attributes(user, "impersonate", namespace, group, "v1", resource, subresource, name, true, "", ""));
    }

    private static List<String> groups(String name, List<String> asked) {
        List<String> groups = new ArrayList<>(asked);
        String[] account = serviceAccount(name);
        if (account.length == 2 && asked.isEmpty()) {
            groups.addAll(ServiceAccountTokens.groups(account[0]));
        }
        boolean known =
                groups.contains(UserInfo.AUTHENTICATED_GROUP) || groups.contains(UserInfo.UNAUTHENTICATED_GROUP);
        if (!known) {
            groups.add(name.equals(UserInfo.ANONYMOUS) ? UserInfo.UNAUTHENTICATED_GROUP : UserInfo.AUTHENTICATED_GROUP);
        }
        return groups;
    }

    /// Namespace and name, or nothing.
    private static String[] serviceAccount(String name) {
        if (!name.startsWith(SERVICE_ACCOUNT)) {
            return new String[0];
        }
        String[] parts = name.substring(SERVICE_ACCOUNT.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty() ? parts : new String[0];
    }

    private static Map<String, List<String>> extra(Headers headers) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(EXTRA)) {
                String key = Query.parse("k=" + name.substring(EXTRA.length()).replace("+", "%2B"))
                        .text("k")
                        .toLowerCase(Locale.ROOT);
                extra.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        });
        return extra;
    }
}
