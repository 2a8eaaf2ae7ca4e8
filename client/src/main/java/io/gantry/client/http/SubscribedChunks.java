package io.gantry.client.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A body that the JDK's client delivers. Asks the network for one more chunk only when the one before was taken.
final class SubscribedChunks implements HttpResponse.BodySubscriber<Chunks>, Chunks {
    private sealed interface Chunk {
        record Data(List<ByteBuffer> buffers) implements Chunk {}

        record End(@Nullable Throwable failure) implements Chunk {}
    }

    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private boolean ended;

    @Override
    public CompletionStage<Chunks> getBody() {
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

    @Override
    public byte @Nullable [] next(Duration silence) throws IOException, InterruptedException {
        while (current.isEmpty() && !ended) {
            take(silence);
        }
        ByteBuffer buffer = current.poll();
        if (buffer == null) {
            return null;
        }
        byte[] chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        return chunk;
    }

    private void take(Duration silence) throws IOException, InterruptedException {
        Chunk chunk = chunks.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        switch (chunk) {
            case null -> throw new SocketTimeoutException("no event and no bookmark for " + silence);
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

    @Override
    public void close() {
        subscription.thenAccept(Flow.Subscription::cancel);
        chunks.add(new Chunk.End(null));
    }
}
