package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;

/// An open answer body. Thread-safe; nothing blocks save [#awaitWritable].
public interface ResponseStream {
    /// Queues bytes and takes over the buffer. Bytes written after the peer left are dropped.
    void write(ByteBuf bytes);

    /// Runs the action on the event loop soon, one after the other with those of other streams of the same connection:
    /// what they write leaves together. For an event that many streams send.
    void soon(Runnable action);

    /// False while more bytes wait than the high water mark.
    boolean isWritable();

    /// Blocks a virtual thread until the stream is writable or closed.
    ///
    /// @return false when it is closed
    boolean awaitWritable() throws InterruptedException;

    /// Runs once when the stream is closed, by whom ever; at once when it already is.
    void onClosed(Runnable action);

    /// Runs on the event loop each time the stream becomes writable again.
    void onWritable(Runnable action);

    boolean isClosed();

    /// Ends the body in order.
    void end();

    /// Breaks the stream off: the peer sees an error, not an end.
    void abort();
}
