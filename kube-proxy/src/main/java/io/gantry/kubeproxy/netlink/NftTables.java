package io.gantry.kubeproxy.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The nftables tables of this process's network namespace, by netlink (Linux `linux/netfilter/nf_tables.h`): asking
/// costs no program.
public final class NftTables {
    private static final int HEADER_BYTES = 16;
    private static final int FAMILY_BYTES = 4;
    private static final int ATTRIBUTE_BYTES = 4;
    private static final int ALIGNMENT = 4;

    private static final short NFTABLES = 10 << 8;
    private static final short GET_TABLE = NFTABLES | 1;
    private static final short ERROR = 2;
    private static final short REQUEST = 1;
    private static final byte AF_INET = 2;
    private static final short TABLE_NAME = 1;
    private static final int NO_SUCH_TABLE = 2;

    private NftTables() {}

    /// Whether there is a table of IPv4 with this name.
    ///
    /// @throws IOException when the kernel does not tell
    public static boolean exists(String name) throws IOException {
        try (NetfilterSocket socket = new NetfilterSocket()) {
            socket.send(question(name));
            return found(socket.receive());
        }
    }

    private static byte[] question(String name) {
        byte[] text = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        int attribute = ATTRIBUTE_BYTES + text.length;
        int length = HEADER_BYTES + FAMILY_BYTES + (attribute + ALIGNMENT - 1 & -ALIGNMENT);
        return ByteBuffer.allocate(length)
                .order(ByteOrder.nativeOrder())
                .putInt(length)
                .putShort(GET_TABLE)
                .putShort(REQUEST)
                .putInt(0)
                .putInt(0)
                .put(AF_INET)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) attribute)
                .putShort(TABLE_NAME)
                .put(text)
                .array();
    }

    private static boolean found(ByteBuffer answer) throws IOException {
        ByteBuffer message = answer.order(ByteOrder.nativeOrder());
        if (message.getShort(4) != ERROR) {
            return true;
        }
        int error = -message.getInt(HEADER_BYTES);
        if (error != NO_SUCH_TABLE) {
            throw new IOException("the kernel refused a question about a table: errno " + error);
        }
        return false;
    }
}
