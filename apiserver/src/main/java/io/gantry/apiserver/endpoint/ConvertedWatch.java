package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.EventType;
import io.gantry.apiserver.watch.WatchCache;
import io.gantry.component.VirtualThreads;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A watch whose objects another server must convert: events wait in a bounded queue for a virtual thread that asks it,
/// so that nobody else waits. Ends when a conversion fails; the client then lists again and is told why.
final class ConvertedWatch implements WatchStart {
    private static final Logger LOG = LoggerFactory.getLogger(ConvertedWatch.class);
    private static final int MAX_QUEUE = 16 * 1024;

    private final ServedResource resource;
    private final ConvertedFields fields;
    private final WatchCache cache;
    private final WatchStream stream;
    private final Runnable abort;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(MAX_QUEUE);
    private volatile boolean over;

    /// @param fields what the client asks of converted objects
    /// @param abort cuts the client off
    ConvertedWatch(
            ServedResource resource, ConvertedFields fields, WatchCache cache, WatchStream stream, Runnable abort) {
        this.resource = resource;
        this.fields = fields;
        this.cache = cache;
        this.stream = stream;
        this.abort = abort;
    }

    /// Starts to convert.
    void start() {
        VirtualThreads.background().name("convert " + resource.plural()).start(this::run);
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
        List<CachedObject> selected = new ArrayList<>();
        objects.forEachRemaining(selected::add);
        offer(() -> {
            List<CachedObject> all = fields.among(resource, selected);
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
        event(type, object, Optional.empty());
    }

    @Override
    public void event(EventType type, CachedObject object, Optional<CachedObject> previous) {
        offer(() -> judged(type, object, previous));
    }

    private void judged(EventType type, CachedObject object, Optional<CachedObject> previous) {
        boolean was =
                previous.filter(before -> fields.matches(resource, before)).isPresent();
        boolean is = type != EventType.DELETED && fields.matches(resource, object);
        if (is) {
            send(was ? EventType.MODIFIED : EventType.ADDED, object);
        } else if (was) {
            send(
                    EventType.DELETED,
                    type == EventType.DELETED ? object : cache.deleted(previous.orElseThrow(), object.revision()));
        }
    }

    private void send(EventType type, CachedObject object) {
        stream.event(type, with(object, Answers.served(resource, object)));
        stream.depart();
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
