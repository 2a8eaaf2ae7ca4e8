package io.gantry.apiserver.authn;

import io.gantry.api.StatusException;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Forbidden;
import io.gantry.apiserver.token.ServiceAccountTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a mode of impersonation asks the authorizer: for the name, the uid, each group and each extra.
///
/// @param requestor who wants to act as somebody else, as the authorizer sees him
record ImpersonationCheck(Authorizer authorizer, ImpersonationMode mode, UserInfo requestor) {
    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String NODES_GROUP = "system:nodes";
    private static final String NODE_KEYS = "authentication.kubernetes.io/associated-node-keys";

    /// From so many on the constrained modes ask for all at once before they ask for each.
    private static final int MANY = 4;

    private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern PATH_PATTERN = Pattern.compile(PATH);

    static ImpersonationCheck of(Authorizer authorizer, ImpersonationMode mode, UserInfo requestor) {
        return new ImpersonationCheck(
                authorizer, mode, mode == ImpersonationMode.ASSOCIATED_NODE ? withoutExtra(requestor) : requestor);
    }

    /// What a pod's token says of its node is not what the rights depend on.
    private static UserInfo withoutExtra(UserInfo user) {
        List<String> keys = List.copyOf(new TreeSet<>(user.extra().keySet()));
        return new UserInfo(user.name(), user.uid(), user.groups(), Map.of(NODE_KEYS, keys));
    }

    /// The user to go on with.
    ///
    /// @param request what is done with the identity
    /// @throws StatusException 403 with what he may not
    UserInfo user(UserInfo wanted, Attributes request) {
        if (mode.isConstrained()) {
            Forbidden.unlessAllowed(authorizer, request.withUser(requestor).withVerb(mode.verbOn(request.verb())));
        }
        Optional<String> node = mode.isConstrained() ? Usernames.node(wanted.name()) : Optional.empty();
        Optional<Usernames.Account> account = Usernames.serviceAccount(wanted.name());
        name(wanted, node, account);
        if (!wanted.uid().isEmpty()) {
            require(attributes(AUTHENTICATION, "uids", "", "", wanted.uid()));
        }
        groups(wanted.groups());
        extra(wanted.extra());
        List<String> groups = new ArrayList<>(wanted.groups());
        if (node.isPresent()) {
            groups.add(NODES_GROUP);
        } else if (account.isPresent() && groups.isEmpty()) {
            groups.addAll(ServiceAccountTokens.groups(account.get().namespace()));
        }
        return new UserInfo(wanted.name(), wanted.uid(), completed(wanted.name(), groups), wanted.extra());
    }

    private void name(UserInfo wanted, Optional<String> node, Optional<Usernames.Account> account) {
        if (node.isPresent()) {
            boolean any = mode == ImpersonationMode.ASSOCIATED_NODE;
            require(attributes(nameGroup(), "nodes", "", "", any ? "*" : node.get()));
        } else if (account.isPresent()) {
            Usernames.Account each = account.get();
            require(attributes(nameGroup(), "serviceaccounts", "", each.namespace(), each.name()));
        } else {
            require(attributes(nameGroup(), "users", "", "", wanted.name()));
        }
    }

    private String nameGroup() {
        return mode.isConstrained() ? AUTHENTICATION : "";
    }

    private void groups(List<String> groups) {
        if (mode.isConstrained()) {
            if (groups.contains("")) {
                throw Forbidden.of(group(""), "impersonating the empty string group is not allowed");
            }
            if (groups.contains(UserInfo.MASTERS_GROUP)) {
                throw Forbidden.of(
                        group(UserInfo.MASTERS_GROUP), "impersonating the system:masters group is not allowed");
            }
            if (groups.size() >= MANY && authorizer.decide(group("*")).allowed()) {
                return;
            }
        }
        groups.forEach(group -> require(group(group)));
    }

    private Attributes group(String name) {
        return attributes(nameGroup(), "groups", "", "", name);
    }

    private void extra(Map<String, List<String>> extra) {
        if (mode.isConstrained() && !extra.isEmpty()) {
            extra.forEach((key, values) -> wrong(key, values).ifPresent(why -> {
                throw Forbidden.of(extra("", ""), why);
            }));
            int count = extra.values().stream().mapToInt(List::size).sum();
            if (Math.max(count, extra.size()) >= MANY
                    && authorizer.decide(extra("*", "*")).allowed()) {
                return;
            }
        }
        extra.forEach((key, values) -> values.forEach(value -> require(extra(key, value))));
    }

    private Attributes extra(String key, String value) {
        return attributes(AUTHENTICATION, "userextras", key, "", value);
    }

    /// Why the constrained modes take no such extra.
    private static Optional<String> wrong(String key, List<String> values) {
        if (key.isEmpty()) {
            return Optional.of("impersonating the empty string key in extra is not allowed");
        }
        List<String> problems = path(key);
        if (!problems.isEmpty()) {
            String all = String.join(", ", problems);
            return Optional.of("impersonating an invalid key in extra is not allowed: "
                    + (problems.size() == 1 ? all : "[" + all + "]"));
        }
        if (!key.equals(key.toLowerCase(Locale.ROOT))) {
            return Optional.of("impersonating a non-lowercase key in extra is not allowed: \"" + key + "\"");
        }
        return values.contains("")
                ? Optional.of("impersonating the empty string value in extra is not allowed")
                : Optional.empty();
    }

    /// A domain and a path.
    private static List<String> path(String key) {
        int slash = key.indexOf('/');
        if (slash <= 0 || slash == key.length() - 1) {
            return List.of(invalid(key, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
        }
        String host = key.substring(0, slash);
        String path = key.substring(slash + 1);
        List<String> problems = new ArrayList<>();
        Names.subdomain(host).forEach(problem -> problems.add(invalid(host, problem)));
        if (!PATH_PATTERN.matcher(path).matches()) {
            problems.add(invalid(path, "Invalid path (regex used for validation is '" + PATH + "')"));
        }
        return problems;
    }

    private static String invalid(String value, String why) {
        return "extra.key: Invalid value: \"" + value + "\": " + why;
    }

    private static List<String> completed(String name, List<String> groups) {
        String belongs =
                name.equals(UserInfo.ANONYMOUS) ? UserInfo.UNAUTHENTICATED_GROUP : UserInfo.AUTHENTICATED_GROUP;
        if (!groups.contains(belongs) && !groups.contains(UserInfo.UNAUTHENTICATED_GROUP)) {
            groups.add(belongs);
        }
        return groups;
    }

    private Attributes attributes(String group, String resource, String subresource, String namespace, String name) {
        return new Attributes(
                requestor, mode.verb(), namespace, group, "v1", resource, subresource, name, true, "", "");
    }

    private void require(Attributes attributes) {
        Forbidden.unlessAllowed(authorizer, attributes);
    }
}
