package io.gantry.benchmarks.http;

import java.nio.charset.StandardCharsets;

/// A request.
///
/// @param path with the query
/// @param body empty without a body
@SuppressWarnings("ArrayRecordComponent")
public record Call(String method, String path, byte[] body, String contentType, String accept, boolean gzip) {
    public static final String JSON = "application/json";
    private static final byte[] NONE = {};

    public static Call get(String path) {
        return new Call("GET", path, NONE, "", JSON, false);
    }

    public static Call delete(String path) {
        return new Call("DELETE", path, NONE, "", JSON, false);
    }

    public static Call post(String path, byte[] body) {
        return new Call("POST", path, body, JSON, JSON, false);
    }

    public static Call post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Call put(String path, byte[] body) {
        return new Call("PUT", path, body, JSON, JSON, false);
    }

    /// @param type the patch's media type
    public static Call patch(String path, String type, byte[] body) {
        return new Call("PATCH", path, body, type, JSON, false);
    }

    public Call accepting(String media) {
        return new Call(method, path, body, contentType, media, gzip);
    }

    public Call gzipped() {
        return new Call(method, path, body, contentType, accept, true);
    }
}
