package io.gantry.clusterdns.server;

import io.gantry.clusterdns.upstream.Upstream;
import io.gantry.clusterdns.wire.Answer;
import io.gantry.clusterdns.wire.DnsRecord;
import io.gantry.clusterdns.wire.MalformedMessageException;
import io.gantry.clusterdns.wire.MessageReader;
import io.gantry.clusterdns.wire.MessageWriter;
import io.gantry.clusterdns.wire.Query;
import io.gantry.clusterdns.wire.RecordType;
import io.gantry.clusterdns.wire.ResponseCode;
import io.gantry.clusterdns.zone.ClusterZone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Turns a query message into a response: from the cluster's zone at once, else from upstream. Thread-safe.
public final class Resolver {
    private static final int MAX_ALIASES = 8;
    private static final int MAX_UDP = 4096;
    private static final int MAX_TCP = 65_535;

    private final ClusterZone zone;
    private final Upstream upstream;
    private final BooleanSupplier ready;

    /// @param ready whether the zone knows the cluster yet; before, it answers SERVFAIL
    public Resolver(ClusterZone zone, Upstream upstream, BooleanSupplier ready) {
        this.zone = zone;
        this.upstream = upstream;
        this.ready = ready;
    }

    /// What is to be done for a message.
    public sealed interface Step {
        /// Nothing: it is no query.
        record Ignore() implements Step {}

        /// This response.
        record Respond(byte[] response) implements Step {}

        /// Asks others, which takes time: [Resolver#later].
        record Later(Query query) implements Step {}
    }

    /// What can be said at once; never blocks.
    public Step now(byte[] message, boolean tcp) {
        if (message.length < MessageReader.HEADER_BYTES || (message[2] & 0x80) != 0) {
            return new Step.Ignore();
        }
        Query query;
        try {
            query = MessageReader.query(message);
        } catch (MalformedMessageException e) {
            return new Step.Respond(MessageWriter.error(message, e.code()));
        }
        Optional<ResponseCode> refusal = refusal(query);
        if (refusal.isPresent()) {
            return respond(query, Answer.failure(refusal.get()), tcp);
        }
        Optional<Answer> local = zone.answer(query.key(), query.type());
        if (local.isEmpty()) {
            return query.recursionDesired()
                    ? new Step.Later(query)
                    : respond(query, Answer.failure(ResponseCode.REFUSED), tcp);
        }
        if (!ready.getAsBoolean()) {
            return respond(query, Answer.failure(ResponseCode.SERVFAIL), tcp);
        }
        return alias(local.get(), query.type()).isPresent() ? new Step.Later(query) : respond(query, local.get(), tcp);
    }

    /// The response to a query that needs others; blocks.
    public byte[] later(Query query, boolean tcp) {
        int limit = limit(query, tcp);
        Optional<Answer> local = zone.answer(query.key(), query.type());
        if (local.isPresent()) {
            return MessageWriter.response(query, followed(local.get(), query.type()), limit);
        }
        try {
            byte[] response = upstream.ask(query.bytes());
            return response.length <= limit ? response : MessageWriter.truncated(response, query.questionEnd());
        } catch (IOException e) {
            return MessageWriter.response(query, Answer.failure(ResponseCode.SERVFAIL), limit);
        }
    }

    private static Optional<ResponseCode> refusal(Query query) {
        if (query.ednsVersion() != 0) {
            return Optional.of(ResponseCode.BADVERS);
        }
        boolean in = query.recordClass() == RecordType.CLASS_IN || query.recordClass() == RecordType.CLASS_ANY;
        if (!in) {
            return Optional.of(ResponseCode.REFUSED);
        }
        boolean transfer = query.type() == 251 || query.type() == 252;
        return transfer ? Optional.of(ResponseCode.REFUSED) : Optional.empty();
    }

    private static Step respond(Query query, Answer answer, boolean tcp) {
        return new Step.Respond(MessageWriter.response(query, answer, limit(query, tcp)));
    }

    private static int limit(Query query, boolean tcp) {
        return tcp ? MAX_TCP : Math.min(query.payloadSize(), MAX_UDP);
    }

    /// The name an answer sends the client on to, if it holds nothing else.
    private static Optional<String> alias(Answer answer, int type) {
        boolean wanted = type == RecordType.A || type == RecordType.AAAA;
        if (wanted
                && !answer.answers().isEmpty()
                && answer.answers().getLast() instanceof DnsRecord.Pointer pointer
                && pointer.type() == RecordType.CNAME) {
            return Optional.of(pointer.target());
        }
        return Optional.empty();
    }

    /// With the addresses of what its alias leads to; as it is when nobody knows.
    private Answer followed(Answer first, int type) {
        List<DnsRecord> records = new ArrayList<>(first.answers());
        Optional<String> target = alias(first, type);
        for (int i = 0; target.isPresent() && i < MAX_ALIASES; i++) {
            Optional<Answer> local = zone.answer(target.get().toLowerCase(Locale.ROOT), type);
            if (local.isEmpty()) {
                records.addAll(fromUpstream(target.get(), type));
                break;
            }
            records.addAll(local.get().answers());
            target = alias(local.get(), type);
        }
        return Answer.of(records, List.of());
    }

    private List<DnsRecord> fromUpstream(String name, int type) {
        try {
            return MessageReader.addressesAndAliases(upstream.ask(question(name, type)));
        } catch (IOException | MalformedMessageException e) {
            return List.of();
        }
    }

    private static byte[] question(String name, int type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        for (String label : name.split("\\.")) {
            byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        out.writeBytes(new byte[] {0, (byte) (type >> 8), (byte) type, 0, RecordType.CLASS_IN});
        return out.toByteArray();
    }
}
