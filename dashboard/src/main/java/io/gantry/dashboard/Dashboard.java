package io.gantry.dashboard;

import io.gantry.client.Kubeconfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A dashboard of one cluster for the user of this machine: a page on 127.0.0.1 that acts with the
/// kubeconfig's identity. It asks the cluster only while a page is open. Thread-safe; a connection is a
/// virtual thread.
public final class Dashboard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private static final int BACKLOG = 64;

    /// Far above what open tabs have.
    private static final int MAX_CONNECTIONS = 512;

    private final ServerSocket server;
    private final Guard guard;
    private final Upstream upstream;
    private final Connection connection;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Dashboard(ServerSocket server, Kubeconfig config) {
        this.server = server;
        this.guard = new Guard(server.getLocalPort());
        this.upstream = new Upstream(config);
        this.connection = new Connection(guard, upstream, config);
    }

    /// Starts serving.
    ///
    /// @param port 0 for any that is free
    /// @throws IOException when the port is taken
    public static Dashboard start(Kubeconfig config, int port) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException("port " + port + " on 127.0.0.1: " + e.getMessage(), e);
        }
        Dashboard dashboard = new Dashboard(server, config);
        Thread.ofVirtual().name("dashboard").start(dashboard::accept);
        return dashboard;
    }

    /// The address to open, with the token that lets one in.
    public String url() {
        return "http://127.0.0.1:" + port() + "/?token=" + guard.token();
    }

    int port() {
        return server.getLocalPort();
    }

    /// Returns when it has been closed.
    public void await() throws InterruptedException {
        closed.await();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                if (open.size() >= MAX_CONNECTIONS) {
                    socket.close();
                    continue;
                }
                open.add(socket);
                Thread.startVirtualThread(() -> {
                    try {
                        connection.serve(socket);
                    } finally {
                        open.remove(socket);
                    }
                });
            }
        } catch (IOException e) {
            LOG.debug("no more connections are taken", e);
            closed.countDown();
        }
    }

    /// Ends with everything that is on its way.
    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        upstream.close();
    }
}
