package io.gantry.benchmarks.http;

import io.netty.buffer.ByteBuf;

/// Takes an answer, on the connection's event loop. Must not block.
public interface Receiver {
    void head(int status);

    /// A piece of the body; the buffer is the caller's.
    void data(ByteBuf bytes);

    /// The answer is whole.
    void end();

    /// There will be no (more of the) answer.
    void failed(String why);
}
