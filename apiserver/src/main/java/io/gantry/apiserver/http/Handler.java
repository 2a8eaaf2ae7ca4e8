package io.gantry.apiserver.http;

/// Answers requests.
public interface Handler {
    /// Begins a request on the event loop, without blocking: answers at once, or names the work that a virtual thread
    /// shall do.
    ///
    /// @throws io.gantry.api.StatusException becomes the answer
    Answer begin(Request request);

    /// An exception of the handler as an answer.
    default Response failed(Request request, Exception failure) {
        return Errors.response(request, failure);
    }
}
