package io.gantry.kubelet.network;

import io.gantry.component.CLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Sends frames by a packet(7) socket: if_nametoindex(3), socket(2), sendto(2). Thread-safe. The socket is
/// opened by the first frame and stays for the life of the process: to close one takes the kernel ten
/// milliseconds.
final class LinkSocket {
    private static final int AF_PACKET = 17;
    private static final int DATAGRAM = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int RECEIVE_NOTHING = 0;
    private static final int NO_FLAGS = 0;
    private static final int NOT_OPEN = -1;
    private static final int ADDRESS_BYTES = 20;
    private static final short ETHERNET = 1;
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};

    private final MethodHandle index =
            CLibrary.bind("if_nametoindex", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private final MethodHandle open = CLibrary.bind(
            "socket",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private final MethodHandle send = CLibrary.bind(
            "sendto",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT));
    private int descriptor = NOT_OPEN;

    /// Sends to everybody on the link; false when there is no such interface.
    boolean broadcast(String name, int ethertype, byte[] payload) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = CLibrary.state(arena);
            MemorySegment text = arena.allocateFrom(name);
            int link = (int) CLibrary.call(captured, "if_nametoindex", () -> (int) index.invokeExact(captured, text));
            if (link == 0) {
                return false;
            }
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, payload);
            MemorySegment to = arena.allocateFrom(ValueLayout.JAVA_BYTE, everybody(link, ethertype));
            int socket = descriptor(captured);
            CLibrary.call(captured, "sendto", () -> (long)
                    send.invokeExact(captured, socket, bytes, (long) payload.length, NO_FLAGS, to, ADDRESS_BYTES));
            return true;
        }
    }

    private synchronized int descriptor(MemorySegment captured) throws IOException {
        if (descriptor == NOT_OPEN) {
            descriptor = (int) CLibrary.call(captured, "socket", () ->
                    (int) open.invokeExact(captured, AF_PACKET, DATAGRAM | CLOSE_ON_EXEC, RECEIVE_NOTHING));
        }
        return descriptor;
    }

    /// A `sockaddr_ll`.
    private static byte[] everybody(int link, int ethertype) {
        return ByteBuffer.allocate(ADDRESS_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_PACKET)
                .put((byte) (ethertype >> Byte.SIZE))
                .put((byte) ethertype)
                .putInt(link)
                .putShort(ETHERNET)
                .put((byte) 0)
                .put((byte) EVERYBODY.length)
                .put(EVERYBODY)
                .array();
    }
}
