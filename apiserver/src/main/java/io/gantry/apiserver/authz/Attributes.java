package io.gantry.apiserver.authz;

import io.gantry.apiserver.authn.UserInfo;

/// What somebody wants to do.
///
/// @param verb `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, `proxy`…; for
///     non-resource requests the HTTP method in lower case
/// @param resourceRequest false for paths such as `/healthz`; then only `path` says what
/// @param fieldSelector as sent, empty without one
/// @param labelSelector as sent, empty without one
public record Attributes(
        UserInfo user,
        String verb,
        String namespace,
        String group,
        String version,
        String resource,
        String subresource,
        String name,
        boolean resourceRequest,
        String path,
        String fieldSelector,
        String labelSelector) {
    /// Without a label selector.
    public Attributes(
            UserInfo user,
            String verb,
            String namespace,
            String group,
            String version,
            String resource,
            String subresource,
            String name,
            boolean resourceRequest,
            String path,
            String fieldSelector) {
        this(
                user,
                verb,
                namespace,
                group,
                version,
                resource,
                subresource,
                name,
                resourceRequest,
                path,
                fieldSelector,
                "");
    }

    public static Attributes nonResource(UserInfo user, String verb, String path) {
        return new Attributes(user, verb, "", "", "", "", "", "", false, path, "");
    }

    /// A namespaced or cluster-scoped resource (namespace empty).
    public static Attributes resource(
            UserInfo user, String verb, String group, String version, String resource, String namespace, String name) {
        return new Attributes(user, verb, namespace, group, version, resource, "", name, true, "", "");
    }

    public Attributes withUser(UserInfo newUser) {
        return new Attributes(
                newUser,
                verb,
                namespace,
                group,
                version,
                resource,
                subresource,
                name,
                resourceRequest,
                path,
                fieldSelector,
                labelSelector);
    }

    public Attributes withVerb(String newVerb) {
        return new Attributes(
                user,
                newVerb,
                namespace,
                group,
                version,
                resource,
                subresource,
                name,
                resourceRequest,
                path,
                fieldSelector,
                labelSelector);
    }

    public boolean readOnly() {
        return verb.equals("get") || verb.equals("list") || verb.equals("watch");
    }
}
