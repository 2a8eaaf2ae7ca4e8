package io.gantry.client;

import io.gantry.api.Json;

/// A patch body with its kind and target.
///
/// @param contentType which kind of patch the body is
/// @param subresource e.g. `status`, empty for the object itself
/// @param fieldManager who owns the fields; empty for the client's own name
/// @param force server-side apply only: take fields that others own
public record Patch(String contentType, byte[] body, String subresource, String fieldManager, boolean force) {

    /// JSON merge patch (RFC 7386) from a tree, a map or a record.
    public static Patch merge(Object body) {
        return of("application/merge-patch+json", body);
    }

    /// Upstream's strategic merge: lists with merge keys are merged by key.
    public static Patch strategic(Object body) {
        return of("application/strategic-merge-patch+json", body);
    }

    /// JSON patch (RFC 6902): a list of operations.
    public static Patch json(Object operations) {
        return of("application/json-patch+json", operations);
    }

    /// Server-side apply.
    public static Patch apply(String manager, boolean force, Object body) {
        return new Patch("application/apply-patch+yaml", Json.MAPPER.writeValueAsBytes(body), "", manager, force);
    }

    /// The same patch for a subresource.
    public Patch subresource(String name) {
        return new Patch(contentType, body, name, fieldManager, force);
    }

    private static Patch of(String contentType, Object body) {
        return new Patch(contentType, Json.MAPPER.writeValueAsBytes(body), "", "", false);
    }
}
