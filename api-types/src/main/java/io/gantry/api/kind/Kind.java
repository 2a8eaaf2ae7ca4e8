package io.gantry.api.kind;

import io.gantry.api.KubernetesObject;
import java.util.List;
import java.util.Locale;

/// The identity of a kind: what a client needs to reach it.
///
/// @param type the record of one object
/// @param group the API group, empty for core
/// @param version the served version, e.g. `v1`
/// @param name the kind in CamelCase
/// @param plural the resource in URLs, e.g. `deployments`
/// @param namespaced whether objects live in a namespace
/// @param shortNames abbreviations for kubectl
/// @param categories e.g. `all`
public record Kind<T extends KubernetesObject>(
        Class<T> type,
        String group,
        String version,
        String name,
        String plural,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories) {
    public Kind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /// `v1` for core, else `group/version`.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The singular resource name: the kind in lower case.
    public String singular() {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The group of a `v1` or `group/version`; empty for core.
    public static String groupOf(String apiVersion) {
        return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    }

    /// `pods` for core, `deployments.apps` for others: how messages of the API name the resource.
    public String groupResource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// The URL prefix of the version: `/api/v1` or `/apis/group/version`.
    public String basePath() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }
}
