package io.gantry.kubeproxy.netlink;

import io.gantry.component.CLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/// A netlink socket to netfilter: socket(2), send(2), recv(2), close(2). One owner thread; the kernel answers at once.
public final class NetfilterSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int RAW = 3;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NETFILTER = 12;
    private static final int NO_FLAGS = 0;

    /// More than the kernel puts into one answer (32 KB).
    private static final int RECEIVE_BYTES = 1 << 16;

    private static final FunctionDescriptor TRANSFER = FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    private static final FunctionDescriptor OPEN = FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final FunctionDescriptor CLOSE = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

    private final MethodHandle send = CLibrary.bind("send", TRANSFER);
    private final MethodHandle receive = CLibrary.bind("recv", TRANSFER);
    private final MethodHandle close = CLibrary.bind("close", CLOSE);
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment captured = CLibrary.state(arena);
    private final MemorySegment received = arena.allocate(RECEIVE_BYTES);
    private final int descriptor;

    /// @throws IOException when the kernel has no such socket
    public NetfilterSocket() throws IOException {
        MethodHandle socket = CLibrary.bind("socket", OPEN);
        descriptor = (int)
                call("socket", () -> (int) socket.invokeExact(captured, AF_NETLINK, RAW | CLOSE_ON_EXEC, NETFILTER));
    }

    /// Sends one message.
    public void send(byte[] message) throws IOException {
        try (Arena once = Arena.ofConfined()) {
            MemorySegment bytes = once.allocateFrom(ValueLayout.JAVA_BYTE, message);
            // No address is needed: a socket that is not connected speaks to the kernel.
            long sent = call("send", () ->
                    (long) send.invokeExact(captured, descriptor, bytes, (long) message.length, NO_FLAGS));
            if (sent != message.length) {
                throw new IOException("netlink took " + sent + " of " + message.length + " bytes");
            }
        }
    }

    /// The next datagram; valid until the next call.
    public ByteBuffer receive() throws IOException {
        long length = call("recv", () ->
                (long) receive.invokeExact(captured, descriptor, received, (long) RECEIVE_BYTES, NO_FLAGS));
        return received.asSlice(0, length).asByteBuffer();
    }

    @Override
    public void close() throws IOException {
        try (arena) {
            call("close", () -> (int) close.invokeExact(captured, descriptor));
        }
    }

    private long call(String name, CLibrary.Call function) throws IOException {
        return CLibrary.call(captured, "netlink " + name, function);
    }
}
