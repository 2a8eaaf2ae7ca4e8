package io.gantry.client.http;

import java.io.InputStream;

/// The body of an answer.
public sealed interface Reply {
    /// Read whole.
    record Whole(byte[] bytes) implements Reply {}

    /// Read as it arrives; the receiver closes it.
    record Streamed(InputStream stream) implements Reply {}

    /// Lines as they arrive; the receiver closes them.
    record Lines(LineStream lines) implements Reply {}
}
