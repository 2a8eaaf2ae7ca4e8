package io.gantry.apiserver.outgoing;

import io.gantry.apiserver.http.Headers;
import java.io.IOException;
import java.io.InputStream;

/// The answer of a server that was called. Close it; read to its end, its connection serves the next request.
///
/// @param head as it came, with the empty line at its end
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingAnswer(int status, Headers headers, byte[] head, InputStream body, HttpConnection connection)
        implements AutoCloseable {

    /// The body, cut at `limit` bytes.
    public byte[] bytes(int limit) throws IOException {
        return body.readNBytes(limit);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
