package io.gantry.clusterdns.upstream;

import io.gantry.clusterdns.wire.MalformedMessageException;
import io.gantry.clusterdns.wire.MessageReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Keeps responses for as long as they say, at most [#MAX_SECONDS], and asks the same question only once at
/// a time; so a query that comes back to us in a circle waits for itself and fails instead of multiplying.
/// Thread-safe; calls block.
public final class CachingUpstream implements Upstream {
    private static final int MAX_ENTRIES = 2000;
    private static final int MAX_ENTRY_BYTES = 4096;
    private static final int MAX_SECONDS = 300;
    private static final int MAX_NEGATIVE_SECONDS = 30;
    private static final int MAX_ASKING = 500;

    private final Upstream next;
    private final LongSupplier clockNanos;
    private final Semaphore asking = new Semaphore(MAX_ASKING);
    private final Map<String, CompletableFuture<byte[]>> inFlight = new ConcurrentHashMap<>();
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    private record Kept(byte[] response, List<Integer> ttlPositions, long storedNanos, long seconds) {}

    /// @param clockNanos a monotonic clock, `System::nanoTime` outside tests
    public CachingUpstream(Upstream next, LongSupplier clockNanos) {
        this.next = next;
        this.clockNanos = clockNanos;
    }

    @Override
    public byte[] ask(byte[] query) throws IOException {
        String key = key(query);
        Optional<byte[]> known = find(key);
        byte[] response = known.isPresent() ? known.get() : askOnce(key, query);
        return addressed(response, query);
    }

    private byte[] askOnce(String key, byte[] query) throws IOException {
        CompletableFuture<byte[]> mine = new CompletableFuture<>();
        CompletableFuture<byte[]> other = inFlight.putIfAbsent(key, mine);
        if (other != null) {
            return join(other);
        }
        try {
            byte[] response = askNext(query);
            store(key, response);
            mine.complete(response);
            return response;
        } catch (IOException | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            inFlight.remove(key);
        }
    }

    private byte[] askNext(byte[] query) throws IOException {
        if (!asking.tryAcquire()) {
            throw new IOException("too many questions at a time");
        }
        try {
            return next.ask(query);
        } finally {
            asking.release();
        }
    }

    private static byte[] join(CompletableFuture<byte[]> other) throws IOException {
        try {
            return other.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Optional<byte[]> find(String key) {
        Kept entry;
        synchronized (kept) {
            entry = kept.get(key);
        }
        if (entry == null) {
            return Optional.empty();
        }
        long age = TimeUnit.NANOSECONDS.toSeconds(clockNanos.getAsLong() - entry.storedNanos);
        if (age >= entry.seconds) {
            return Optional.empty();
        }
        byte[] aged = entry.response.clone();
        ByteBuffer buffer = ByteBuffer.wrap(aged);
        for (int position : entry.ttlPositions) {
            buffer.putInt(position, (int) Math.max(0, buffer.getInt(position) - age));
        }
        return Optional.of(aged);
    }

    private void store(String key, byte[] response) {
        int code = response[3] & 0x0F;
        boolean negative = code == 3 || (code == 0 && MessageReader.unsigned16(response, 6) == 0);
        if (response.length > MAX_ENTRY_BYTES || (code != 0 && code != 3)) {
            return;
        }
        try {
            List<Integer> positions = MessageReader.ttlPositions(response);
            long seconds = negative ? MAX_NEGATIVE_SECONDS : MAX_SECONDS;
            for (int position : positions) {
                seconds = Math.min(seconds, ByteBuffer.wrap(response).getInt(position) & 0xFFFFFFFFL);
            }
            if (seconds > 0 && !positions.isEmpty()) {
                synchronized (kept) {
                    kept.put(key, new Kept(response.clone(), positions, clockNanos.getAsLong(), seconds));
                }
            }
        } catch (MalformedMessageException e) {
            // The client may understand it; we keep nothing of what we cannot read.
            synchronized (kept) {
                kept.remove(key);
            }
        }
    }

    /// With the id and the spelling of this query.
    private static byte[] addressed(byte[] response, byte[] query) {
        byte[] own = response.clone();
        int end = Question.end(query);
        if (end > 0 && end == Question.end(own)) {
            System.arraycopy(query, MessageReader.HEADER_BYTES, own, MessageReader.HEADER_BYTES, end - 12);
        }
        Forwarder.setId(own, MessageReader.unsigned16(query, 0));
        return own;
    }

    /// Flags and question in lower case, and whether the query has EDNS options (those are part of the question).
    private static String key(byte[] query) {
        int end = Question.end(query);
        byte[] key = new byte[query.length];
        for (int i = 2; i < query.length; i++) {
            key[i] = (byte) (i >= MessageReader.HEADER_BYTES && i < end ? Question.lower(query[i]) : query[i]);
        }
        return new String(key, StandardCharsets.ISO_8859_1);
    }
}
