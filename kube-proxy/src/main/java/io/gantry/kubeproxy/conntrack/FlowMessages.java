package io.gantry.kubeproxy.conntrack;

import static io.gantry.kubeproxy.netlink.NetfilterMessage.ATTRIBUTE_BYTES;
import static io.gantry.kubeproxy.netlink.NetfilterMessage.ERROR;
import static io.gantry.kubeproxy.netlink.NetfilterMessage.FAMILY_BYTES;
import static io.gantry.kubeproxy.netlink.NetfilterMessage.HEADER_BYTES;
import static io.gantry.kubeproxy.netlink.NetfilterMessage.NO_SUCH_ENTRY;
import static io.gantry.kubeproxy.netlink.NetfilterMessage.REQUEST;
import static io.gantry.kubeproxy.netlink.NetfilterMessage.aligned;

import io.gantry.kubeproxy.netlink.NetfilterMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Messages of ctnetlink (Linux `linux/netfilter/nfnetlink_conntrack.h`). Headers are in the machine's byte order,
/// addresses and ports in the network's. Pure.
final class FlowMessages {
    private static final short GET = 1 << 8 | 1;
    private static final short DELETE = 1 << 8 | 2;
    private static final short DONE = 3;
    private static final short ACKNOWLEDGE = 4;
    private static final short DUMP = 0x300;

    private static final byte UDP = 17;

    private static final int TYPE_MASK = 0x3fff;
    private static final int TUPLE_ORIGINAL = 1;
    private static final int TUPLE_REPLY = 2;
    private static final int ID = 12;
    private static final int ZONE = 18;
    private static final int TUPLE_IP = 1;
    private static final int TUPLE_PROTOCOL = 2;
    private static final int IPV4_SOURCE = 1;
    private static final int IPV4_DESTINATION = 2;
    private static final int PROTOCOL_NUMBER = 1;
    private static final int SOURCE_PORT = 2;
    private static final int DESTINATION_PORT = 3;

    private FlowMessages() {}

    /// Asks for all flows over IPv4.
    static byte[] list() {
        return NetfilterMessage.of(GET, (short) (REQUEST | DUMP), new byte[0]);
    }

    /// Asks to forget a flow, and for an answer whether that was done.
    static byte[] forget(Flow flow) {
        return NetfilterMessage.of(DELETE, (short) (REQUEST | ACKNOWLEDGE), flow.key());
    }

    /// Reads what one read of the socket gave.
    ///
    /// @param found where UDP flows are added
    /// @return whether this was the end of the answer
    /// @throws IOException when the kernel refused, or the message is cut off
    static boolean read(ByteBuffer datagram, List<Flow> found) throws IOException {
        ByteBuffer messages = datagram.order(ByteOrder.nativeOrder());
        while (messages.remaining() >= HEADER_BYTES) {
            int start = messages.position();
            int length = messages.getInt(start);
            if (length < HEADER_BYTES || length > messages.remaining()) {
                throw new IOException("netlink message of " + length + " bytes in " + messages.remaining());
            }
            short type = messages.getShort(start + 4);
            ByteBuffer body =
                    messages.slice(start + HEADER_BYTES, length - HEADER_BYTES).order(ByteOrder.nativeOrder());
            if (type == DONE) {
                return true;
            }
            if (type == ERROR) {
                checkError(-body.getInt());
                return true;
            }
            body.position(FAMILY_BYTES);
            flow(body.slice()).ifPresent(found::add);
            messages.position(Math.min(messages.limit(), start + aligned(length)));
        }
        return false;
    }

    private static void checkError(int error) throws IOException {
        if (error != 0 && error != NO_SUCH_ENTRY) {
            throw new IOException("the kernel refused a request about connections: errno " + error);
        }
    }

    private static Optional<Flow> flow(ByteBuffer body) throws IOException {
        Map<Integer, ByteBuffer> attributes = attributes(body);
        Map<Integer, ByteBuffer> original = tuple(attributes, TUPLE_ORIGINAL);
        Map<Integer, ByteBuffer> reply = tuple(attributes, TUPLE_REPLY);
        Map<Integer, ByteBuffer> sent = nested(original, TUPLE_PROTOCOL);
        Map<Integer, ByteBuffer> answered = nested(reply, TUPLE_PROTOCOL);
        ByteBuffer destination = nested(original, TUPLE_IP).get(IPV4_DESTINATION);
        ByteBuffer answering = nested(reply, TUPLE_IP).get(IPV4_SOURCE);
        ByteBuffer protocol = sent.get(PROTOCOL_NUMBER);
        if (protocol == null || protocol.get(0) != UDP || destination == null || answering == null) {
            return Optional.empty();
        }
        return Optional.of(new Flow(
                address(destination),
                port(sent, DESTINATION_PORT),
                address(answering),
                port(answered, SOURCE_PORT),
                key(body)));
    }

    private static Map<Integer, ByteBuffer> tuple(Map<Integer, ByteBuffer> attributes, int type) {
        return nested(attributes, type);
    }

    private static Map<Integer, ByteBuffer> nested(Map<Integer, ByteBuffer> attributes, int type) {
        ByteBuffer value = attributes.get(type);
        return value == null ? Map.of() : attributes(value);
    }

    /// Values by type.
    private static Map<Integer, ByteBuffer> attributes(ByteBuffer body) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        for (ByteBuffer attribute : split(body)) {
            attributes.put(type(attribute), attribute.slice(ATTRIBUTE_BYTES, attribute.limit() - ATTRIBUTE_BYTES));
        }
        return attributes;
    }

    /// Whole attributes, without what fills them up.
    private static List<ByteBuffer> split(ByteBuffer body) {
        List<ByteBuffer> attributes = new ArrayList<>();
        int at = 0;
        while (at + ATTRIBUTE_BYTES <= body.limit()) {
            int length = Short.toUnsignedInt(
                    body.duplicate().order(ByteOrder.nativeOrder()).getShort(at));
            if (length < ATTRIBUTE_BYTES || at + length > body.limit()) {
                break;
            }
            attributes.add(body.slice(at, length));
            at += aligned(length);
        }
        return attributes;
    }

    private static int type(ByteBuffer attribute) {
        return attribute.duplicate().order(ByteOrder.nativeOrder()).getShort(2) & TYPE_MASK;
    }

    /// The attributes that name a flow: its first packet, its number (so that a later flow of the same addresses is
    /// left alone) and its zone.
    private static byte[] key(ByteBuffer body) {
        ByteBuffer key = ByteBuffer.allocate(aligned(body.limit()));
        for (ByteBuffer attribute : split(body)) {
            int type = type(attribute);
            if (type == TUPLE_ORIGINAL || type == ID || type == ZONE) {
                key.put(attribute.duplicate());
                key.position(aligned(key.position()));
            }
        }
        byte[] bytes = new byte[key.position()];
        key.get(0, bytes);
        return bytes;
    }

    private static String address(ByteBuffer value) throws IOException {
        byte[] bytes = new byte[4];
        value.get(0, bytes);
        return InetAddress.getByAddress(bytes).getHostAddress();
    }

    private static int port(Map<Integer, ByteBuffer> protocol, int type) {
        ByteBuffer value = protocol.get(type);
        return value == null ? 0 : Short.toUnsignedInt(value.getShort(0));
    }
}
