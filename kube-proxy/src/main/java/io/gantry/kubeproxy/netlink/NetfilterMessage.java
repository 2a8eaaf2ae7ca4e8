package io.gantry.kubeproxy.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// How messages to and from netfilter lie (Linux `linux/netlink.h`, `linux/netfilter/nfnetlink.h`): a
/// header, the family, attributes. Headers are in the machine's byte order. Pure.
public final class NetfilterMessage {
    public static final int HEADER_BYTES = 16;
    public static final int FAMILY_BYTES = 4;
    public static final int ATTRIBUTE_BYTES = 4;

    /// Type of a message that tells an error, or none with the number 0.
    public static final short ERROR = 2;

    /// Flag of every message to the kernel.
    public static final short REQUEST = 1;

    /// What there is not: a flow, a table.
    public static final int NO_SUCH_ENTRY = 2;

    private static final byte AF_INET = 2;
    private static final int ALIGNMENT = 4;

    private NetfilterMessage() {}

    /// A message about IPv4.
    ///
    /// @param type subsystem and what is asked of it
    /// @param attributes aligned
    public static byte[] of(short type, short flags, byte[] attributes) {
        int length = HEADER_BYTES + FAMILY_BYTES + attributes.length;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort(type)
                .putShort(flags)
                .putInt(0)
                .putInt(0)
                .put(AF_INET)
                .put((byte) 0)
                .putShort((short) 0)
                .put(attributes)
                .array();
    }

    /// One attribute, aligned.
    public static byte[] attribute(short type, byte[] value) {
        int length = ATTRIBUTE_BYTES + value.length;
        return ByteBuffer.allocate(aligned(length))
                .order(ByteOrder.nativeOrder())
                .putShort((short) length)
                .putShort(type)
                .put(value)
                .array();
    }

    /// Where what follows begins.
    public static int aligned(int length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
