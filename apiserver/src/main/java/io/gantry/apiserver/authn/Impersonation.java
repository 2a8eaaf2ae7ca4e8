package io.gantry.apiserver.authn;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `Impersonate-*` headers: somebody acts as somebody else, if one of the modes lets him. Thread-safe.
public final class Impersonation {
    private static final String ANY = "impersonate-";
    private static final String USER = "impersonate-user";
    private static final String GROUP = "impersonate-group";
    private static final String UID = "impersonate-uid";
    private static final String EXTRA = "impersonate-extra-";
    private static final int REMEMBERED_USERS = 10_000;

    private final Authorizer authorizer;

    /// The mode that last worked for a user is tried first: he is likely to have rights of one kind.
    private final Map<String, ImpersonationMode> worked =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ImpersonationMode> eldest) {
                    return size() > REMEMBERED_USERS;
                }
            });

    public Impersonation(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /// Whether [#apply] may wait for the authorizer.
    public boolean mayBlock(Headers headers) {
        return !authorizer.isReady() && headers.hasPrefixed(ANY);
    }

    /// Whom to go on with: the one impersonated, or the given one where nothing is asked for.
    ///
    /// @param request what the user asks for; called only where somebody is impersonated
    /// @throws StatusException 403 when he may not, 400 for groups, uid or extra without a user
    public Identity apply(UserInfo user, Headers headers, Function<UserInfo, Attributes> request) {
        Optional<UserInfo> wanted = wanted(headers);
        return wanted.isEmpty() ? Identity.of(user) : impersonate(user, wanted.get(), request.apply(user));
    }

    private Identity impersonate(UserInfo user, UserInfo wanted, Attributes request) {
        StatusException first = null;
        for (ImpersonationMode mode : order(user)) {
            if (!mode.applies(wanted, user)) {
                continue;
            }
            try {
                UserInfo becomes = ImpersonationCheck.of(authorizer, mode, user).user(wanted, request);
                worked.put(user.name(), mode);
                String constraint = mode.isConstrained() ? mode.verb() : "";
                return new Identity(becomes, Optional.of(new Identity.Impersonator(user, constraint)));
            } catch (StatusException refused) {
                first = first == null ? refused : first;
            }
        }
        throw first == null ? StatusException.internal("all impersonation modes failed") : first;
    }

    private List<ImpersonationMode> order(UserInfo user) {
        List<ImpersonationMode> order = new ArrayList<>(List.of(ImpersonationMode.values()));
        ImpersonationMode last = worked.get(user.name());
        if (last != null) {
            order.remove(last);
            order.addFirst(last);
        }
        return order;
    }

    /// As the headers name him; empty where they name nobody.
    private static Optional<UserInfo> wanted(Headers headers) {
        if (!headers.hasPrefixed(ANY)) {
            return Optional.empty();
        }
        String name = headers.first(USER).orElse("");
        Map<String, List<String>> extra = extra(headers);
        List<String> groups = headers.all(GROUP);
        String uid = headers.first(UID).orElse("");
        if (!name.isEmpty()) {
            return Optional.of(new UserInfo(name, uid, groups, extra));
        }
        if (groups.isEmpty() && uid.isEmpty() && extra.isEmpty()) {
            return Optional.empty();
        }
        throw StatusException.badRequest("requested &user.DefaultInfo{Name:\"\", UID:" + quoted(uid) + ", Groups:"
                + texts(groups) + ", Extra:map[string][]string" + entries(extra)
                + "} without impersonating a user name");
    }

    private static String entries(Map<String, List<String>> extra) {
        return extra.isEmpty()
                ? "(nil)"
                : new TreeMap<>(extra)
                        .entrySet().stream()
                                .map(entry -> quoted(entry.getKey()) + ":" + texts(entry.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String texts(List<String> texts) {
        return "[]string"
                + (texts.isEmpty()
                        ? "(nil)"
                        : texts.stream().map(Impersonation::quoted).collect(Collectors.joining(", ", "{", "}")));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Map<String, List<String>> extra(Headers headers) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(EXTRA)) {
                String escaped =
                        name.substring(EXTRA.length()).replace("+", "%2B").replace("&", "%26");
                String key = Query.parse("k=" + escaped).text("k");
                extra.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        });
        return extra;
    }
}
