package io.gantry.clusterdns.upstream;

import io.gantry.clusterdns.wire.MessageReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/// Asks name servers in turn, over UDP from a port and with an id of its own for each query, and over TCP where the
/// answer was truncated. Thread-safe; calls block.
public final class Forwarder implements Upstream {
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int ROUNDS = 2;
    private static final int MAX_STRAY_PACKETS = 16;
    private static final int MAX_UDP = 4096;

    private final List<InetSocketAddress> servers;
    private final SecureRandom random = new SecureRandom();

    public Forwarder(List<InetSocketAddress> servers) {
        this.servers = List.copyOf(servers);
    }

    @Override
    public byte[] ask(byte[] query) throws IOException {
        IOException last = new IOException("no upstream name server");
        for (int round = 0; round < ROUNDS; round++) {
            for (InetSocketAddress server : servers) {
                try {
                    return ask(query, server);
                } catch (IOException e) {
                    last = e;
                }
            }
        }
        throw last;
    }

    private byte[] ask(byte[] query, InetSocketAddress server) throws IOException {
        byte[] own = query.clone();
        int id = random.nextInt(1 << 16);
        setId(own, id);
        byte[] response = overUdp(own, id, server);
        if ((response[2] & 0x02) != 0) {
            response = overTcp(own, id, server);
        }
        setId(response, MessageReader.unsigned16(query, 0));
        return response;
    }

    private static byte[] overUdp(byte[] query, int id, InetSocketAddress server) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(query, query.length));
            DatagramPacket packet = new DatagramPacket(new byte[MAX_UDP], MAX_UDP);
            for (int i = 0; i < MAX_STRAY_PACKETS; i++) {
                packet.setLength(MAX_UDP);
                socket.receive(packet);
                byte[] response = Arrays.copyOf(packet.getData(), packet.getLength());
                if (answers(response, query, id)) {
                    return response;
                }
            }
            throw new SocketTimeoutException("only stray packets from " + server);
        }
    }

    private static byte[] overTcp(byte[] query, int id, InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            byte[] framed = new byte[query.length + 2];
            framed[0] = (byte) (query.length >> 8);
            framed[1] = (byte) query.length;
            System.arraycopy(query, 0, framed, 2, query.length);
            OutputStream out = socket.getOutputStream();
            out.write(framed);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] response = new byte[in.readUnsignedShort()];
            in.readFully(response);
            if (!answers(response, query, id)) {
                throw new IOException("answer to another question from " + server);
            }
            return response;
        }
    }

    /// Whether it is a response with our id to our question.
    private static boolean answers(byte[] response, byte[] query, int id) {
        if (response.length < MessageReader.HEADER_BYTES
                || MessageReader.unsigned16(response, 0) != id
                || (response[2] & 0x80) == 0) {
            return false;
        }
        return Question.end(response) == Question.end(query) && Question.same(response, query);
    }

    static void setId(byte[] message, int id) {
        message[0] = (byte) (id >> 8);
        message[1] = (byte) id;
    }
}
