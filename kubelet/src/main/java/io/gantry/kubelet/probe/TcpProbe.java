package io.gantry.kubelet.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;

/// Opens a connection and closes it.
record TcpProbe(String host, int port, Duration timeout) implements Check {
    @Override
    public Outcome run() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) timeout.toMillis());
            return Outcome.SUCCESS;
        } catch (SocketTimeoutException late) {
            return Outcome.failure("dial tcp " + host + ":" + port + ": i/o timeout");
        } catch (IOException failure) {
            return Outcome.failure(dialFailure(address, failure));
        }
    }

    static String dialFailure(InetSocketAddress address, IOException failure) {
        String why = failure.getMessage() == null ? "" : failure.getMessage();
        return "dial tcp " + address.getHostString() + ":" + address.getPort() + ": connect: "
                + why.toLowerCase(Locale.ROOT);
    }
}
