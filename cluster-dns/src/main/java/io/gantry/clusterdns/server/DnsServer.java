package io.gantry.clusterdns.server;

import io.gantry.clusterdns.wire.Query;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves DNS over UDP and TCP on one address. One thread receives UDP and answers what is in memory; what
/// needs others, and every TCP connection, runs on a virtual thread. Both are bounded: beyond the bounds
/// packets are dropped and connections closed.
public final class DnsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
    private static final int MAX_WAITING_QUERIES = 1000;
    private static final int MAX_CONNECTIONS = 200;
    private static final int MAX_QUERIES_OF_A_CONNECTION = 1000;
    private static final int IDLE_MILLIS = 10_000;
    private static final int MAX_QUERY = 4096;
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final Resolver resolver;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Semaphore waiting = new Semaphore(MAX_WAITING_QUERIES);
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    private DnsServer(Resolver resolver, DatagramSocket udp, ServerSocket tcp) {
        this.resolver = resolver;
        this.udp = udp;
        this.tcp = tcp;
    }

    /// Binds and serves.
    ///
    /// @throws IOException when the address cannot be bound
    public static DnsServer start(InetSocketAddress address, Resolver resolver) throws IOException {
        ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = null;
        try {
            tcp.setReuseAddress(true);
            tcp.bind(address);
            udp = new DatagramSocket(new InetSocketAddress(address.getAddress(), tcp.getLocalPort()));
            udp.setReceiveBufferSize(RECEIVE_BUFFER);
        } catch (IOException e) {
            tcp.close();
            throw new IOException("cannot serve DNS on " + address + ": " + e.getMessage(), e);
        }
        DnsServer server = new DnsServer(resolver, udp, tcp);
        Thread.ofPlatform().name("dns-udp").start(server::receive);
        Thread.ofVirtual().name("dns-tcp").start(server::accept);
        return server;
    }

    /// The port, where the address asked for any (0).
    public int port() {
        return tcp.getLocalPort();
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_QUERY], MAX_QUERY);
        while (!udp.isClosed()) {
            try {
                packet.setLength(MAX_QUERY);
                udp.receive(packet);
                answer(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
            } catch (IOException | RuntimeException e) {
                if (!udp.isClosed()) {
                    LOG.warn("query not answered", e);
                }
            }
        }
    }

    private void answer(byte[] message, SocketAddress client) throws IOException {
        switch (resolver.now(message, false)) {
            case Resolver.Step.Ignore _ -> {}
            case Resolver.Step.Respond(byte[] response) -> send(response, client);
            case Resolver.Step.Later(Query query) -> answerLater(query, client);
        }
    }

    private void answerLater(Query query, SocketAddress client) {
        if (!waiting.tryAcquire()) {
            LOG.debug("{} queries wait, one more dropped", MAX_WAITING_QUERIES);
            return;
        }
        workers.execute(() -> {
            try {
                send(resolver.later(query, false), client);
            } catch (IOException e) {
                LOG.debug("answer not sent: {}", e.getMessage());
            } finally {
                waiting.release();
            }
        });
    }

    private void send(byte[] response, SocketAddress client) throws IOException {
        udp.send(new DatagramPacket(response, response.length, client));
    }

    private void accept() {
        while (!tcp.isClosed()) {
            try {
                Socket socket = tcp.accept();
                if (!connections.tryAcquire()) {
                    socket.close();
                    continue;
                }
                workers.execute(() -> {
                    try {
                        serve(socket);
                    } finally {
                        connections.release();
                    }
                });
            } catch (IOException | RuntimeException e) {
                if (!tcp.isClosed()) {
                    LOG.warn("connection not accepted", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            for (int i = 0; i < MAX_QUERIES_OF_A_CONNECTION; i++) {
                int length = in.readUnsignedShort();
                if (length > MAX_QUERY) {
                    return;
                }
                byte[] message = new byte[length];
                in.readFully(message);
                byte[] response = whole(message);
                if (response.length == 0) {
                    return;
                }
                out.writeShort(response.length);
                out.write(response);
                out.flush();
            }
        } catch (IOException e) {
            LOG.trace("connection ended: {}", e.getMessage());
        }
    }

    private byte[] whole(byte[] message) {
        return switch (resolver.now(message, true)) {
            case Resolver.Step.Ignore _ -> new byte[0];
            case Resolver.Step.Respond(byte[] response) -> response;
            case Resolver.Step.Later(Query query) -> resolver.later(query, true);
        };
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
        workers.shutdownNow();
    }
}
