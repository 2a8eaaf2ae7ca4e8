package io.gantry.component.netty;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/// HTTP/2 connections whose streams take turns. The tree of priorities that the other side could build costs each frame
/// as much as its header, and RFC 9113 has none any more.
public final class EvenStreams {
    /// What a stream may send before the next has its turn: a frame.
    private static final int TURN_BYTES = 16 * 1024;

    private EvenStreams() {}

    /// The server's side of a connection.
    public static DefaultHttp2Connection ofServer() {
        return evenly(new DefaultHttp2Connection(true));
    }

    /// The client's side of a connection.
    public static DefaultHttp2Connection ofClient() {
        return evenly(new DefaultHttp2Connection(false));
    }

    private static DefaultHttp2Connection evenly(DefaultHttp2Connection connection) {
        UniformStreamByteDistributor turns = new UniformStreamByteDistributor(connection);
        turns.minAllocationChunk(TURN_BYTES);
        connection.remote().flowController(new DefaultHttp2RemoteFlowController(connection, turns));
        return connection;
    }
}
