package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.EventType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A watch whose objects another server must convert: events wait in a bounded queue for a virtual thread that asks it,
/// so that nobody else waits. Ends when a conversion fails; the client then lists again and is told why.
final class ConvertedWatch implements WatchStart {
    private static final Logger LOG = LoggerFactory.getLogger(ConvertedWatch.class);
    private static final int MAX_QUEUE = 16 * 1024;

    private final ServedResource resource;
    private final WatchStream stream;
    private final Runnable abort;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(MAX_QUEUE);
    private volatile boolean over;

    /// @param abort cuts the client off
    ConvertedWatch(ServedResource resource, WatchStream stream, Runnable abort) {
        this.resource = resource;
        this.stream = stream;
        this.abort = abort;
    }

    /// Starts to convert.
    void start() {
        Thread.ofVirtual().name("convert " + resource.plural()).start(this::run);
    }

    private void run() {
        try {
            while (!over) {
                queue.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StatusException e) {
            LOG.info("a watch of {} ends: {}", resource.groupResource(), e.getMessage());
            close();
            stream.fail(e);
        }
    }

    @Override
    public void begin(Iterator<CachedObject> objects, long bookmarkRevision) {
        List<CachedObject> all = new ArrayList<>();
        objects.forEachRemaining(all::add);
        offer(() -> {
            List<byte[]> converted = Answers.served(resource, all);
            List<CachedObject> served = new ArrayList<>(all.size());
            for (int i = 0; i < all.size(); i++) {
                served.add(with(all.get(i), converted.get(i)));
            }
            stream.begin(served.iterator(), bookmarkRevision);
            stream.drain();
        });
    }

    @Override
    public void event(EventType type, CachedObject object) {
        offer(() -> stream.event(type, with(object, Answers.served(resource, object))));
    }

    private static CachedObject with(CachedObject object, byte[] json) {
        return object.with(json, object.revision());
    }

    @Override
    public void progress(long revision) {
        offer(() -> stream.progress(revision));
    }

    @Override
    public void restarted() {
        offer(stream::restarted);
    }

    private void offer(Runnable work) {
        if (!over && !queue.offer(work)) {
            LOG.info("a watcher of {} fell behind by {} events and was cut off", resource.groupResource(), MAX_QUEUE);
            close();
            abort.run();
        }
    }

    /// Stops converting. May be called twice.
    void close() {
        over = true;
        queue.clear();
        queue.add(() -> {});
    }
}
