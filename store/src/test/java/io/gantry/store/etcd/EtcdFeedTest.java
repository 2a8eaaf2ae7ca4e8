package io.gantry.store.etcd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EtcdFeedTest {
    private static final long SECONDS = 10;

    /// jetcd calls its listener with a lock that its `close` takes, too.
    private static final class LockingWatch implements Watch {
        private final Object lock = new Object();
        private final CountDownLatch closing = new CountDownLatch(1);
        private Listener listener = Watch.listener(response -> {});

        @Override
        public Watcher watch(ByteSequence key, WatchOption option, Listener told) {
            listener = told;
            return new Watcher() {
                @Override
                public void close() {
                    closing.countDown();
                    synchronized (lock) {
                        listener = Watch.listener(response -> {});
                    }
                }

                @Override
                public boolean isClosed() {
                    return false;
                }

                @Override
                public void requestProgress() {}
            };
        }

        @Override
        public void close() {}

        @Override
        public void requestProgress() {}
    }

    /// An event on its way while the feed closes: it is looked at when the close has begun.
    @Test
    void anEventDoesNotHoldUpTheCloseThatWaitsForIt() throws Exception {
        LockingWatch watches = new LockingWatch();
        EtcdFeed feed = new EtcdFeed(watches, 1, () -> 1);
        CountDownLatch coming = new CountDownLatch(1);
        WatchResponse response =
                new WatchResponse(io.etcd.jetcd.api.WatchResponse.getDefaultInstance(), ByteSequence.EMPTY) {
                    @Override
                    public List<WatchEvent> getEvents() {
                        coming.countDown();
                        try {
                            watches.closing.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return List.of(event());
                    }
                };
        Thread etcd = Thread.ofPlatform().daemon().start(() -> {
            synchronized (watches.lock) {
                watches.listener.onNext(response);
            }
        });
        assertTrue(coming.await(SECONDS, TimeUnit.SECONDS));

        Thread closing = Thread.ofPlatform().daemon().start(feed::close);
        closing.join(TimeUnit.SECONDS.toMillis(SECONDS));
        etcd.join(TimeUnit.SECONDS.toMillis(SECONDS));
        assertFalse(closing.isAlive() || etcd.isAlive(), "each waits for the other");
    }

    private static WatchEvent event() {
        io.etcd.jetcd.api.KeyValue made = io.etcd.jetcd.api.KeyValue.newBuilder()
                .setKey(com.google.protobuf.ByteString.copyFromUtf8("/registry/a"))
                .setCreateRevision(7)
                .setModRevision(7)
                .setVersion(1)
                .build();
        KeyValue now = new KeyValue(made, ByteSequence.EMPTY);
        KeyValue before = new KeyValue(io.etcd.jetcd.api.KeyValue.getDefaultInstance(), ByteSequence.EMPTY);
        return new WatchEvent(now, before, WatchEvent.EventType.PUT);
    }
}
