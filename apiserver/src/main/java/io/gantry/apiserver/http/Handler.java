package io.gantry.apiserver.http;

import java.util.Optional;

/// Answers requests.
public interface Handler {
    /// Answers at once, without blocking, on the event loop; empty when the request needs a thread of its own.
    ///
    /// @throws io.gantry.api.StatusException becomes the answer
    default Optional<Response> handleOnLoop(Request request) {
        return Optional.empty();
    }

    /// Answers on a virtual thread; may block.
    ///
    /// @throws io.gantry.api.StatusException becomes the answer
    Response handle(Request request) throws Exception;
}
