package io.gantry.apiserver.http;

import java.util.concurrent.Callable;

/// What a handler has at once: an answer, or work that may block.
public sealed interface Answer {
    record Now(Response response) implements Answer {}

    /// Runs on a virtual thread of the request.
    ///
    /// @param brief whether it computes little and only waits as virtual threads do: an event loop can carry it
    record Later(Callable<Response> work, boolean brief) implements Answer {
        /// With something done before or after it.
        public Later with(Callable<Response> other) {
            return new Later(other, brief);
        }
    }

    /// The response, after the work; blocks.
    default Response await() throws Exception {
        return switch (this) {
            case Now now -> now.response();
            case Later later -> later.work().call();
        };
    }

    static Answer now(Response response) {
        return new Now(response);
    }

    static Answer later(Callable<Response> work) {
        return new Later(work, false);
    }
}
