package io.gantry.clusterdns.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageTest {
    @Test
    void readsWhatItWrites() throws MalformedMessageException {
        Query query = MessageReader.query(query("web.default.svc.cluster.local", RecordType.A, 0));
        assertEquals("web.default.svc.cluster.local", query.name());
        assertEquals(512, query.payloadSize());
        List<DnsRecord> answers = List.of(
                new DnsRecord.Pointer("web.default.svc.cluster.local", 5, RecordType.CNAME, "x.cluster.local"),
                new DnsRecord.Address("x.cluster.local", 5, InetAddress.ofLiteral("10.0.0.1")));
        byte[] response = MessageWriter.response(query, Answer.of(answers, List.of()), 512);
        assertEquals(answers, MessageReader.addressesAndAliases(response));
        assertEquals(12 + 35 + (12 + 4) + (12 + 4), response.length, "names are compressed");
        assertEquals(2, MessageReader.ttlPositions(response).size());
    }

    @Test
    void truncatesToWhatTheClientTakes() throws MalformedMessageException {
        List<DnsRecord> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(new DnsRecord.Address("a.b", 5, InetAddress.ofLiteral("10.0.0." + i)));
        }
        for (int payload : new int[] {0, 1232, 4096}) {
            Query query = MessageReader.query(query("a.b", RecordType.A, payload));
            byte[] response = MessageWriter.response(query, Answer.of(answers, List.of()), query.payloadSize());
            assertTrue(response.length <= Math.max(512, payload));
            assertEquals(payload < 4096, (response[2] & 2) != 0);
            assertEquals(payload == 0 ? 0 : 1, MessageReader.unsigned16(response, 10), "OPT answers OPT");
        }
    }

    @Test
    void refusesWhatIsNotAQuery() {
        byte[] pointerLoop = query("a", RecordType.A, 0);
        pointerLoop[12] = (byte) 0xC0;
        pointerLoop[13] = 12;
        byte[] twoQuestions = query("a", RecordType.A, 0);
        twoQuestions[5] = 2;
        byte[] update = query("a", RecordType.A, 0);
        update[2] = 0x28;
        assertEquals(ResponseCode.FORMERR, code(pointerLoop));
        assertEquals(ResponseCode.FORMERR, code(twoQuestions));
        assertEquals(ResponseCode.NOTIMP, code(update));
        assertEquals(ResponseCode.FORMERR, code(Arrays.copyOf(query("abc", RecordType.A, 0), 15)));
    }

    private static ResponseCode code(byte[] message) {
        return assertThrows(MalformedMessageException.class, () -> MessageReader.query(message))
                .code();
    }

    /// A query with EDNS when `payload` is not 0.
    static byte[] query(String name, int type, int payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, (byte) (payload == 0 ? 0 : 1)});
        for (String label : name.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(new byte[] {0, 0, (byte) type, 0, 1});
        if (payload != 0) {
            out.writeBytes(new byte[] {0, 0, 41, (byte) (payload >> 8), (byte) payload, 0, 0, 0, 0, 0, 0});
        }
        return out.toByteArray();
    }
}
