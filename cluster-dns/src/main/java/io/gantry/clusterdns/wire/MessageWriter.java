package io.gantry.clusterdns.wire;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes responses with compressed names. What does not fit is left out whole and the response is marked
/// truncated; additional records are left out without a mark.
public final class MessageWriter {
    /// What we accept over UDP, small enough not to be fragmented.
    private static final int OUR_PAYLOAD = 1232;
    private static final int MAX_POINTER = 0x3FFF;
    private static final int OPT_BYTES = 11;
    private static final int RESPONSE = 0x80;
    private static final int AUTHORITATIVE = 0x04;
    private static final int TRUNCATED = 0x02;
    private static final int RECURSION_DESIRED = 0x01;
    private static final int RECURSION_AVAILABLE = 0x80;

    private final ByteBuffer out;
    private final Map<String, Integer> names = new HashMap<>();
    private int limit;

    private MessageWriter(int limit) {
        this.out = ByteBuffer.allocate(limit);
        this.limit = limit;
    }

    /// The response to a query.
    ///
    /// @param limit bytes it may have
    public static byte[] response(Query query, Answer answer, int limit) {
        MessageWriter writer = new MessageWriter(limit);
        writer.limit = query.edns() ? limit - OPT_BYTES : limit;
        writer.out.position(MessageReader.HEADER_BYTES);
        writer.question(query);
        int answers = writer.records(answer.answers());
        boolean truncated = answers < answer.answers().size();
        int authority = truncated ? 0 : writer.records(answer.authority());
        int additional = truncated ? 0 : writer.records(answer.additional());
        if (query.edns()) {
            writer.limit = limit;
            writer.opt(answer.code());
            additional++;
        }
        byte[] bytes = Arrays.copyOf(writer.out.array(), writer.out.position());
        ByteBuffer.wrap(bytes)
                .putShort(0, (short) query.id())
                .put(2, (byte) (RESPONSE
                        | AUTHORITATIVE
                        | (truncated ? TRUNCATED : 0)
                        | (query.recursionDesired() ? RECURSION_DESIRED : 0)))
                .put(3, (byte) (RECURSION_AVAILABLE | answer.code().number() & 0x0F))
                .putShort(4, (short) 1)
                .putShort(6, (short) answers)
                .putShort(8, (short) authority)
                .putShort(10, (short) additional);
        return bytes;
    }

    /// The response to a message whose question cannot be read: a header alone.
    public static byte[] error(byte[] message, ResponseCode code) {
        byte[] bytes = new byte[MessageReader.HEADER_BYTES];
        bytes[0] = message[0];
        bytes[1] = message[1];
        bytes[2] = (byte) (RESPONSE | message[2] & 0x79);
        bytes[3] = (byte) (RECURSION_AVAILABLE | code.number());
        return bytes;
    }

    /// A response from elsewhere cut down to its header and question, marked truncated.
    public static byte[] truncated(byte[] response, int questionEnd) {
        byte[] bytes = Arrays.copyOf(response, questionEnd);
        bytes[2] |= TRUNCATED;
        Arrays.fill(bytes, 6, MessageReader.HEADER_BYTES, (byte) 0);
        return bytes;
    }

    private void question(Query query) {
        byte[] asked = Arrays.copyOfRange(query.bytes(), MessageReader.HEADER_BYTES, query.questionEnd());
        remember(query.key());
        out.put(asked);
    }

    /// The name that is about to be written as it stands, with its parents, may be pointed at.
    private void remember(String key) {
        int at = out.position();
        String rest = key;
        while (!rest.isEmpty()) {
            names.putIfAbsent(rest, at);
            int dot = rest.indexOf('.');
            at += (dot < 0 ? rest.length() : dot) + 1;
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
    }

    /// Writes as many as fit.
    ///
    /// @return how many did
    private int records(List<DnsRecord> records) {
        int written = 0;
        for (DnsRecord one : records) {
            int before = out.position();
            if (!tryWrite(one)) {
                out.position(before);
                names.values().removeIf(position -> position >= before);
                return written;
            }
            written++;
        }
        return written;
    }

    private boolean tryWrite(DnsRecord one) {
        try {
            write(one);
        } catch (BufferOverflowException e) {
            return false;
        }
        return out.position() <= limit;
    }

    private void write(DnsRecord one) {
        name(one.name());
        out.putShort((short) one.type());
        out.putShort((short) RecordType.CLASS_IN);
        out.putInt(one.ttlSeconds());
        int lengthAt = out.position();
        out.putShort((short) 0);
        switch (one) {
            case DnsRecord.Address address -> out.put(address.address().getAddress());
            case DnsRecord.Pointer pointer -> name(pointer.target());
            case DnsRecord.Srv srv -> {
                out.putShort((short) srv.priority());
                out.putShort((short) srv.weight());
                out.putShort((short) srv.port());
                plainName(srv.target());
            }
            case DnsRecord.Txt txt -> {
                byte[] text = txt.text().getBytes(StandardCharsets.UTF_8);
                out.put((byte) text.length).put(text);
            }
            case DnsRecord.Soa soa -> soa(soa);
        }
        out.putShort(lengthAt, (short) (out.position() - lengthAt - 2));
    }

    private void soa(DnsRecord.Soa soa) {
        name(soa.server());
        name(soa.mailbox());
        out.putInt(soa.serial()).putInt(7200).putInt(1800).putInt(86_400).putInt(soa.ttlSeconds());
    }

    private void opt(ResponseCode code) {
        out.put((byte) 0).putShort((short) RecordType.OPT).putShort((short) OUR_PAYLOAD);
        out.put((byte) (code.number() >> 4)).put((byte) 0).putShort((short) 0).putShort((short) 0);
    }

    /// A name, pointing at an earlier one where it can.
    private void name(String name) {
        String rest = name;
        while (!rest.isEmpty()) {
            String key = rest.toLowerCase(Locale.ROOT);
            Integer earlier = names.get(key);
            if (earlier != null) {
                out.putShort((short) (0xC000 | earlier));
                return;
            }
            if (out.position() <= MAX_POINTER) {
                names.put(key, out.position());
            }
            rest = label(rest);
        }
        out.put((byte) 0);
    }

    /// A name without pointers, as SRV targets must be (RFC 2782).
    private void plainName(String name) {
        String rest = name;
        while (!rest.isEmpty()) {
            rest = label(rest);
        }
        out.put((byte) 0);
    }

    private String label(String rest) {
        int dot = rest.indexOf('.');
        byte[] label = (dot < 0 ? rest : rest.substring(0, dot)).getBytes(StandardCharsets.ISO_8859_1);
        out.put((byte) label.length).put(label);
        return dot < 0 ? "" : rest.substring(dot + 1);
    }
}
