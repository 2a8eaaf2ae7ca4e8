package io.gantry.kubeproxy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A small UDP server and client, run in a network namespace by tests: `serve PORT NAME`, `ask PORT ADDRESS
/// FROMPORT`, where 0 is any port.
final class UdpProgram {
    private static final int TIMEOUT_MILLIS = 2000;

    private UdpProgram() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("serve")) {
            serve(port, arguments[2].getBytes(StandardCharsets.UTF_8));
        } else {
            ask(port, arguments[2], Integer.parseInt(arguments[3]));
        }
    }

    private static void serve(int port, byte[] name) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            while (true) {
                socket.receive(packet);
                socket.send(new DatagramPacket(name, name.length, packet.getSocketAddress()));
            }
        }
    }

    private static void ask(int port, String address, int from) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(from)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName(address), port));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            System.out.println(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException e) {
            System.out.println("no answer");
        }
    }
}
