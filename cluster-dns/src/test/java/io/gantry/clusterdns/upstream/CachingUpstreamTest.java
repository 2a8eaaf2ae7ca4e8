package io.gantry.clusterdns.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.clusterdns.wire.Answer;
import io.gantry.clusterdns.wire.DnsRecord;
import io.gantry.clusterdns.wire.MalformedMessageException;
import io.gantry.clusterdns.wire.MessageReader;
import io.gantry.clusterdns.wire.MessageWriter;
import io.gantry.clusterdns.wire.ResponseCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CachingUpstreamTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void keepsAnswersForTheirTime() throws IOException, MalformedMessageException {
        CachingUpstream cache = new CachingUpstream(answering(60), now::get);
        cache.ask(query(1, "a"));
        now.set(TimeUnit.SECONDS.toNanos(20));
        byte[] second = cache.ask(query(2, "A"));
        assertEquals(1, asked.get());
        assertEquals(2, second[1], "the id of the second query");
        assertEquals('A', second[13], "the spelling of the second query");
        assertEquals(40, MessageReader.addressesAndAliases(second).getFirst().ttlSeconds());
        now.set(TimeUnit.SECONDS.toNanos(61));
        cache.ask(query(3, "a"));
        assertEquals(2, asked.get());
    }

    @Test
    void keepsFailuresNotAtAll() throws IOException {
        CachingUpstream cache = new CachingUpstream(
                query -> {
                    asked.incrementAndGet();
                    return respond(query, Answer.failure(ResponseCode.SERVFAIL));
                },
                now::get);
        cache.ask(query(1, "a"));
        cache.ask(query(1, "a"));
        assertEquals(2, asked.get());
    }

    @Test
    void doesNotAskItself() {
        assertEquals(
                List.of(new InetSocketAddress("192.0.2.1", 53)),
                ResolvConf.without(
                        ResolvConf.parse("10.0.0.1:10053, 192.0.2.1"), Set.of(ResolvConf.address("10.0.0.1:10053"))));
    }

    private Upstream answering(int ttl) {
        return query -> {
            asked.incrementAndGet();
            DnsRecord address = new DnsRecord.Address("a", ttl, InetAddress.ofLiteral("192.0.2.9"));
            return respond(query, Answer.of(List.of(address), List.of()));
        };
    }

    private static byte[] respond(byte[] query, Answer answer) throws IOException {
        try {
            return MessageWriter.response(MessageReader.query(query), answer, 512);
        } catch (MalformedMessageException e) {
            throw new IOException(e);
        }
    }

    private static byte[] query(int id, String name) {
        return new byte[] {0, (byte) id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte) name.charAt(0), 0, 0, 1, 0, 1};
    }
}
