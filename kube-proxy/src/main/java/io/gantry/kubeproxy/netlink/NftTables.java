package io.gantry.kubeproxy.netlink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The nftables tables of this process's network namespace, by netlink (Linux `linux/netfilter/nf_tables.h`): asking
/// costs no program.
public final class NftTables {
    private static final short GET_TABLE = 10 << 8 | 1;
    private static final short TABLE_NAME = 1;

    private NftTables() {}

    /// Whether there is a table of IPv4 with this name.
    ///
    /// @throws IOException when the kernel does not tell
    public static boolean exists(String name) throws IOException {
        byte[] text = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        try (NetfilterSocket socket = new NetfilterSocket()) {
            socket.send(NetfilterMessage.of(
                    GET_TABLE, NetfilterMessage.REQUEST, NetfilterMessage.attribute(TABLE_NAME, text)));
            return found(socket.receive());
        }
    }

    private static boolean found(ByteBuffer answer) throws IOException {
        ByteBuffer message = answer.order(ByteOrder.nativeOrder());
        if (message.getShort(4) != NetfilterMessage.ERROR) {
            return true;
        }
        int error = -message.getInt(NetfilterMessage.HEADER_BYTES);
        if (error != NetfilterMessage.NO_SUCH_ENTRY) {
            throw new IOException("the kernel refused a question about a table: errno " + error);
        }
        return false;
    }
}
