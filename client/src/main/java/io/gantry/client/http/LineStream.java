package io.gantry.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A body as lines, pulled by one reader thread with a limit on the silence between two lines: how a watch notices
/// that the other end is gone. Asks the network for one more chunk only when the one before was taken, so that a slow
/// reader slows the server and fills no memory here.
public final class LineStream implements HttpResponse.BodySubscriber<LineStream>, AutoCloseable {
    private static final int MAX_LINE_BYTES = 64 << 20;
    private static final byte[] NOTHING = {};

    private sealed interface Chunk {
        record Data(List<ByteBuffer> buffers) implements Chunk {}

        record End(@Nullable Throwable failure) implements Chunk {}
    }

    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private byte[] chunk = NOTHING;
    private int at;
    private final AtomicReference<Runnable> onClose = new AtomicReference<>(() -> {});
    private boolean ended;

    @Override
    public CompletionStage<LineStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription incoming) {
        subscription.complete(incoming);
        incoming.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        chunks.add(new Chunk.Data(item));
    }

    @Override
    public void onError(Throwable throwable) {
        chunks.add(new Chunk.End(throwable));
    }

    @Override
    public void onComplete() {
        chunks.add(new Chunk.End(null));
    }

    /// The next line without its newline; empty at the end of the body or after [#close()]. Blocks.
    ///
    /// @throws HttpTimeoutException when nothing arrived for `silence`
    /// @throws IOException when the connection broke
    public Optional<byte[]> next(Duration silence) throws IOException, InterruptedException {
        ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
        while (!ended) {
            int end = at;
            while (end < chunk.length && chunk[end] != '\n') {
                end++;
            }
            if (end < chunk.length && begun.size() == 0) {
                byte[] line = Arrays.copyOfRange(chunk, at, end);
                at = end + 1;
                return Optional.of(line);
            }
            begun.write(chunk, at, end - at);
            if (end < chunk.length) {
                at = end + 1;
                return Optional.of(begun.toByteArray());
            }
            if (begun.size() > MAX_LINE_BYTES) {
                throw new IOException("a watch event is larger than " + MAX_LINE_BYTES + " bytes");
            }
            nextChunk(silence);
        }
        return begun.size() == 0 ? Optional.empty() : Optional.of(begun.toByteArray());
    }

    private void nextChunk(Duration silence) throws IOException, InterruptedException {
        at = 0;
        chunk = NOTHING;
        while (current.isEmpty() && !ended) {
            take(silence);
        }
        ByteBuffer buffer = current.poll();
        if (buffer != null) {
            chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
        }
    }

    private void take(Duration silence) throws IOException, InterruptedException {
        Chunk chunk = chunks.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        switch (chunk) {
            case null -> throw new HttpTimeoutException("no event and no bookmark for " + silence);
            case Chunk.Data data -> {
                current.addAll(data.buffers());
                subscription.join().request(1);
            }
            case Chunk.End end -> {
                ended = true;
                if (end.failure() != null) {
                    throw new IOException("the stream broke: " + end.failure().getMessage(), end.failure());
                }
            }
        }
    }

    /// What to do once at [#close()].
    void onClose(Runnable action) {
        onClose.set(action);
    }

    /// Ends the request; a blocked reader returns. May be called from any thread, and twice.
    @Override
    public void close() {
        subscription.thenAccept(Flow.Subscription::cancel);
        chunks.add(new Chunk.End(null));
        onClose.getAndSet(() -> {}).run();
    }
}
