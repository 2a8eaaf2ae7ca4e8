package io.gantry.dashboard;

import io.gantry.client.Kubeconfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An API server that does as a test says with each connection; it keeps the heads of the requests.
final class FakeServer implements AutoCloseable {
    /// What a test does with a connection after the request's head.
    interface Behaviour {
        void answer(InputStream in, OutputStream out) throws IOException;
    }

    final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> gone = new LinkedBlockingQueue<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    FakeServer(Behaviour behaviour) throws IOException {
        Thread.startVirtualThread(() -> accept(behaviour));
    }

    Kubeconfig config(String token) {
        return Kubeconfig.ofToken(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/base"), "", token);
    }

    private void accept(Behaviour behaviour) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket, behaviour));
            }
        } catch (IOException e) {
            gone.add(false);
        }
    }

    private void serve(Socket socket, Behaviour behaviour) {
        try (socket) {
            heads.add(Head.read(socket.getInputStream(), 1 << 16).orElseThrow());
            behaviour.answer(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            gone.add(true);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
