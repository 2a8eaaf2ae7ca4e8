package io.gantry.client.http;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A body as it arrives, taken by one thread. Who does not take slows the server and fills no memory.
public interface Chunks extends AutoCloseable {
    /// The next piece, which is the caller's; null at the end, and after [#close()]. Blocks.
    ///
    /// @throws java.net.SocketTimeoutException when nothing arrived for `silence`
    /// @throws IOException when the connection broke
    byte @Nullable [] next(Duration silence) throws IOException, InterruptedException;

    /// Ends the request; a blocked reader returns. May be called from any thread, and twice.
    @Override
    void close();
}
