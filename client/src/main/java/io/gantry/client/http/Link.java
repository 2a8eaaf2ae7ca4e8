package io.gantry.client.http;

import java.io.IOException;

/// One way to a server with one identity; it connects when it is used, and again after it was cut. Thread-safe,
/// blocking.
public interface Link extends AutoCloseable {
    /// Sends once and waits for the head of the answer, or for all of it where it is to be whole.
    ///
    /// @throws IOException when there is no answer
    Answer send(Call call) throws IOException, InterruptedException;

    /// Takes nothing new; ends with what is on its way.
    void retire();

    /// Ends with everything that is on its way.
    @Override
    void close();
}
