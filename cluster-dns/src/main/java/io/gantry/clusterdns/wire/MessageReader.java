package io.gantry.clusterdns.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads DNS messages. Every read is checked against the end of the message, names are at most 255 bytes, and a
/// compression pointer must lead backwards, so no message makes it loop.
public final class MessageReader {
    public static final int HEADER_BYTES = 12;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MIN_PAYLOAD = 512;
    private static final int MAX_RECORDS = 512;

    private final byte[] bytes;
    private int at;

    private MessageReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /// Reads a query.
    ///
    /// @throws MalformedMessageException with the code to answer
    public static Query query(byte[] bytes) throws MalformedMessageException {
        MessageReader reader = new MessageReader(bytes, HEADER_BYTES);
        if (bytes.length < HEADER_BYTES) {
            throw bad("shorter than a header");
        }
        if ((bytes[2] & 0x78) != 0) {
            throw new MalformedMessageException(ResponseCode.NOTIMP, "operation not served");
        }
        if (unsigned16(bytes, 4) != 1 || unsigned16(bytes, 6) != 0 || unsigned16(bytes, 8) != 0) {
            throw bad("not one question");
        }
        String name = reader.name();
        int type = reader.next16();
        int recordClass = reader.next16();
        int questionEnd = reader.at;
        Edns edns = reader.edns(unsigned16(bytes, 10));
        return new Query(
                bytes,
                unsigned16(bytes, 0),
                name,
                type,
                recordClass,
                questionEnd,
                edns.present,
                edns.version,
                Math.max(MIN_PAYLOAD, edns.payload));
    }

    private record Edns(boolean present, int version, int payload) {}

    private Edns edns(int additional) throws MalformedMessageException {
        Edns found = new Edns(false, 0, MIN_PAYLOAD);
        for (int i = 0; i < Math.min(additional, MAX_RECORDS); i++) {
            name();
            int type = next16();
            int payload = next16();
            next8();
            int version = next8();
            next16();
            skip(next16());
            if (type == RecordType.OPT) {
                if (found.present) {
                    throw bad("two OPT records");
                }
                found = new Edns(true, version, payload);
            }
        }
        return found;
    }

    /// The answers of a response that are addresses or aliases.
    ///
    /// @throws MalformedMessageException when it cannot be read
    public static List<DnsRecord> addressesAndAliases(byte[] bytes) throws MalformedMessageException {
        MessageReader reader = afterQuestion(bytes);
        List<DnsRecord> records = new ArrayList<>();
        int answers = Math.min(unsigned16(bytes, 6), MAX_RECORDS);
        for (int i = 0; i < answers; i++) {
            String name = reader.name();
            int type = reader.next16();
            reader.next16();
            int ttl = reader.next16() << 16 | reader.next16();
            int length = reader.next16();
            int start = reader.at;
            if (type == RecordType.CNAME) {
                records.add(new DnsRecord.Pointer(name, ttl, type, reader.name()));
            } else if ((type == RecordType.A && length == 4) || (type == RecordType.AAAA && length == 16)) {
                records.add(new DnsRecord.Address(name, ttl, address(reader.take(length))));
            }
            reader.at = start;
            reader.skip(length);
        }
        return records;
    }

    /// Where the times to live stand in a response, those of answers first; OPT has none.
    ///
    /// @throws MalformedMessageException when it cannot be read
    public static List<Integer> ttlPositions(byte[] bytes) throws MalformedMessageException {
        MessageReader reader = afterQuestion(bytes);
        int records = unsigned16(bytes, 6) + unsigned16(bytes, 8) + unsigned16(bytes, 10);
        if (records > MAX_RECORDS) {
            throw bad("too many records");
        }
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            reader.name();
            int type = reader.next16();
            reader.next16();
            if (type != RecordType.OPT) {
                positions.add(reader.at);
            }
            reader.skip(4);
            reader.skip(reader.next16());
        }
        return positions;
    }

    private static MessageReader afterQuestion(byte[] bytes) throws MalformedMessageException {
        if (bytes.length < HEADER_BYTES || unsigned16(bytes, 4) != 1) {
            throw bad("not one question");
        }
        MessageReader reader = new MessageReader(bytes, HEADER_BYTES);
        reader.name();
        reader.skip(4);
        return reader;
    }

    private String name() throws MalformedMessageException {
        StringBuilder name = new StringBuilder();
        int end = -1;
        int pointerLimit = at;
        while (true) {
            int length = next8();
            if (length == 0) {
                break;
            }
            if ((length & 0xC0) == 0xC0) {
                int target = (length & 0x3F) << 8 | next8();
                end = end < 0 ? at : end;
                if (target >= pointerLimit) {
                    throw bad("pointer that does not lead back");
                }
                pointerLimit = target;
                at = target;
                continue;
            }
            if (length > 63 || name.length() + length + 1 > MAX_NAME_BYTES) {
                throw bad("name too long");
            }
            name.append(name.isEmpty() ? "" : ".").append(new String(take(length), StandardCharsets.ISO_8859_1));
        }
        at = end < 0 ? at : end;
        return name.toString();
    }

    private static InetAddress address(byte[] raw) throws MalformedMessageException {
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw bad("address of " + raw.length + " bytes");
        }
    }

    private byte[] take(int length) throws MalformedMessageException {
        int start = at;
        skip(length);
        return Arrays.copyOfRange(bytes, start, at);
    }

    private void skip(int length) throws MalformedMessageException {
        if (at + length > bytes.length) {
            throw bad("ends early");
        }
        at += length;
    }

    private int next8() throws MalformedMessageException {
        skip(1);
        return bytes[at - 1] & 0xFF;
    }

    private int next16() throws MalformedMessageException {
        skip(2);
        return unsigned16(bytes, at - 2);
    }

    /// Two bytes as a number, most significant first.
    public static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private static MalformedMessageException bad(String why) {
        return new MalformedMessageException(ResponseCode.FORMERR, why);
    }
}
