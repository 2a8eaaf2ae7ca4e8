package io.gantry.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchResponse;
import io.gantry.store.CompactedException;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// One watch of all keys from one revision, until it ends for any reason.
///
/// jetcd resumes broken watches by itself, but after a reconnect it goes on at the server's revision, which
/// loses events when the first ones had not come yet. So the second "created" message ends the watch here,
/// and the owner starts another where it knows it stopped.
final class EtcdWatch implements AutoCloseable {
    /// Told by one thread at a time.
    interface Receiver {
        void events(List<StoreEvent> events);

        /// Last call: the watch is over.
        void ended(StoreException cause);
    }

    private static final ByteSequence ALL = ByteSequence.from(new byte[] {0});

    private final Receiver receiver;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Watch.Watcher watcher;
    private boolean created;

    EtcdWatch(Watch watches, long from, Receiver receiver) {
        this.receiver = receiver;
        WatchOption option = WatchOption.builder()
                .withRange(ALL)
                .withRevision(from)
                .withPrevKV(true)
                .withCreateNotify(true)
                .withRequireLeader(true)
                .build();
        this.watcher = watches.watch(ALL, option, Watch.listener(this::next, this::failed, this::completed));
    }

    /// No call follows that has not begun.
    @Override
    public void close() {
        over.set(true);
        watcher.close();
    }

    private void next(WatchResponse response) {
        if (over.get()) {
            return;
        }
        if (response.isCreatedNotify()) {
            if (created) {
                end(new StoreUnavailableException("the connection to etcd broke"));
            }
            created = true;
            return;
        }
        if (!response.getEvents().isEmpty()) {
            try {
                receiver.events(EtcdEvents.translate(response.getEvents()));
            } catch (StoreException e) {
                end(e);
            }
        }
    }

    private void failed(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof io.etcd.jetcd.common.exception.CompactedException compacted) {
                long oldest = compacted.getCompactedRevision() + 1;
                end(new CompactedException("etcd: compacted, the oldest revision is " + oldest, oldest));
                return;
            }
        }
        end(new StoreUnavailableException("the watch on etcd failed: " + thrown.getMessage(), thrown));
    }

    private void completed() {
        end(new StoreUnavailableException("etcd ended the watch"));
    }

    private void end(StoreException cause) {
        if (over.compareAndSet(false, true)) {
            receiver.ended(cause);
        }
    }
}
