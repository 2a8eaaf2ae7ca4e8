package io.gantry.apiserver.http;

import java.util.concurrent.Executor;

/// One request's way back to its client. Methods may be called on any thread; exactly one of them is called, once.
interface Exchange {
    /// Sends a whole answer and takes over its buffer.
    void send(Response.Whole response);

    /// Sends head and opens the body.
    ResponseStream open(int status, Headers headers);

    /// Takes the connection out of HTTP. Not possible on HTTP/2.
    void upgrade(Response.Upgraded response);

    /// Whether [#upgrade] can be.
    boolean canUpgrade();

    /// The connection's event loop.
    Executor loop();
}
