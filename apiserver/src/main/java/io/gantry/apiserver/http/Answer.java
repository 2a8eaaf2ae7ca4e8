package io.gantry.apiserver.http;

import java.util.concurrent.Callable;

/// What a handler has at once: an answer, or work that may block.
public sealed interface Answer {
    record Now(Response response) implements Answer {}

    /// Runs on a virtual thread of the request.
    record Later(Callable<Response> work) implements Answer {}

    static Answer now(Response response) {
        return new Now(response);
    }

    static Answer later(Callable<Response> work) {
        return new Later(work);
    }
}
