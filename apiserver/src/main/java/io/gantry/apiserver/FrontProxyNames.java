package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.apiserver.authn.FrontProxyUsers;
import io.gantry.component.Flags;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// How front proxies are called, and how they call their header fields: so the flags say, and so a ConfigMap tells
/// aggregated servers, under the same names.
///
/// @param allowed common names of front proxies; empty for any that their authority signed
/// @param extraPrefixes what the header fields of further facts begin with
public record FrontProxyNames(
        List<String> allowed,
        List<String> usernames,
        List<String> uids,
        List<String> groups,
        List<String> extraPrefixes) {
    private static final String ALLOWED = "requestheader-allowed-names";
    private static final String USERNAMES = "requestheader-username-headers";
    private static final String UIDS = "requestheader-uid-headers";
    private static final String GROUPS = "requestheader-group-headers";
    private static final String EXTRAS = "requestheader-extra-headers-prefix";

    public FrontProxyNames {
        allowed = List.copyOf(allowed);
        usernames = List.copyOf(usernames);
        uids = List.copyOf(uids);
        groups = List.copyOf(groups);
        extraPrefixes = List.copyOf(extraPrefixes);
    }

    static FrontProxyNames parse(Flags flags) {
        return new FrontProxyNames(
                list(flags, ALLOWED, ""),
                list(flags, USERNAMES, "X-Remote-User"),
                list(flags, UIDS, ""),
                list(flags, GROUPS, "X-Remote-Group"),
                list(flags, EXTRAS, "X-Remote-Extra-"));
    }

    private static List<String> list(Flags flags, String name, String fallback) {
        return Arrays.stream(flags.string(name, fallback).split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /// What the ConfigMap's data say; none of what they do not.
    ///
    /// @throws JacksonException when names cannot be read
    static FrontProxyNames of(Map<String, String> data) {
        return new FrontProxyNames(
                list(data, ALLOWED), list(data, USERNAMES), list(data, UIDS), list(data, GROUPS), list(data, EXTRAS));
    }

    private static List<String> list(Map<String, String> data, String key) {
        String json = data.getOrDefault(key, "");
        return json.isEmpty() ? List.of() : List.of(Json.MAPPER.readValue(json, String[].class));
    }

    /// Adds these to the ConfigMap's data.
    void tell(Map<String, String> data) {
        data.put(ALLOWED, Json.MAPPER.writeValueAsString(allowed));
        data.put(USERNAMES, Json.MAPPER.writeValueAsString(usernames));
        if (!uids.isEmpty()) {
            data.put(UIDS, Json.MAPPER.writeValueAsString(uids));
        }
        data.put(GROUPS, Json.MAPPER.writeValueAsString(groups));
        data.put(EXTRAS, Json.MAPPER.writeValueAsString(extraPrefixes));
    }

    /// These, then what others add.
    FrontProxyNames and(FrontProxyNames other) {
        return new FrontProxyNames(
                joined(allowed, other.allowed),
                joined(usernames, other.usernames),
                joined(uids, other.uids),
                joined(groups, other.groups),
                joined(extraPrefixes, other.extraPrefixes));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    /// The header fields, as requests are searched for them.
    FrontProxyUsers.Fields fields() {
        return new FrontProxyUsers.Fields(usernames, uids, groups, extraPrefixes);
    }
}
