package io.gantry.client.http;

import java.time.Duration;
import java.util.Map;

/// One request.
///
/// @param path path and query
/// @param body empty for none
/// @param timeout until the whole answer is there (until the head is, for streamed answers)
/// @param shape how a successful answer is to be delivered; a failure is always read whole
public record Call(
        String method, String path, Map<String, String> headers, byte[] body, Duration timeout, Shape shape) {
    /// How the answer is delivered.
    public enum Shape {
        WHOLE,
        STREAMED,
        LINES
    }
}
