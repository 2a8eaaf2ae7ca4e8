package io.gantry.client.informer;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectList;
import io.gantry.client.Resource;
import io.gantry.client.Watch;
import io.gantry.client.WatchEvent;
import io.gantry.client.WatchOptions;
import io.gantry.client.work.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows one collection of the API server (upstream `client-go/tools/cache/reflector.go`): a list that
/// any cache may answer, then watches from there, each continuing at the last revision seen; a revision
/// that is gone means a new list, whose differences are told as events. A server that is away is tried
/// again with growing back-off, for ever.
final class Reflector<T extends KubernetesObject> implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
    private static final Duration MIN_WATCH = Duration.ofMinutes(5);

    /// A watch that ends sooner than this without an event counts as a failure, lest a broken server be asked in a
    /// loop.
    private static final Duration SHORT_WATCH = Duration.ofSeconds(1);

    private final Resource<T> resource;
    private final Selection selection;
    private final Informer.Feed<T> sink;
    private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new SplittableRandom());
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Watch<T> open;
    private boolean away;

    Reflector(Resource<T> resource, Selection selection, Informer.Feed<T> sink) {
        this.resource = resource;
        this.selection = selection;
        this.sink = sink;
    }

    @Override
    public void run() {
        try {
            String from = "0";
            while (isOpen()) {
                from = followOrTell(from);
            }
        } catch (InterruptedException e) {
            LOG.debug("informer of {} stopped", resource.kind().plural());
        }
    }

    /// A bug, in an index say, must not end the following: nothing that comes later would be known.
    private String followOrTell(String from) throws InterruptedException {
        try {
            return follow(from);
        } catch (RuntimeException e) {
            LOG.error(
                    "following {} broke, all are listed again", resource.kind().plural(), e);
            pause(backoff.next());
            return "";
        }
    }

    /// Lists, then watches until a new list is needed.
    ///
    /// @param from the revision that the list must at least show: `0` for any, empty for the newest
    /// @return the same for the next list
    private String follow(String from) throws InterruptedException {
        ObjectList<T> all;
        try {
            all = listAll(from);
        } catch (StatusException e) {
            failed("list", e);
            return e.isExpired() || isTooLarge(e) ? "" : from;
        }
        recovered();
        backoff.reset();
        sink.replace(all.items());
        watchFrom(all.resourceVersion());
        return "";
    }

    /// All pages. A token that expired between two pages means one full list at the newest state.
    private ObjectList<T> listAll(String from) {
        ListOptions options = new ListOptions(
                selection.namespace(), selection.labelSelector(), selection.fieldSelector(), from, 0, "");
        ObjectList<T> page = resource.list(options);
        if (page.continueToken().isEmpty()) {
            return page;
        }
        List<T> items = new ArrayList<>(page.items());
        while (page.continueToken().isPresent()) {
            page = resource.list(options.withContinue(page.continueToken().get()));
            items.addAll(page.items());
        }
        return new ObjectList<>(items, page.resourceVersion(), Optional.empty(), 0);
    }

    /// Watches until the server says that the revision is gone.
    private void watchFrom(String start) throws InterruptedException {
        String revision = start;
        while (isOpen()) {
            long began = System.nanoTime();
            Outcome outcome = watchOnce(revision);
            boolean progress = !outcome.reached().equals(revision);
            boolean lasted = System.nanoTime() - began >= SHORT_WATCH.toNanos();
            revision = outcome.reached();
            if (progress || lasted) {
                backoff.reset();
            }
            if (outcome.failure().isPresent()) {
                StatusException failure = outcome.failure().get();
                if (failure.isExpired() || isTooLarge(failure)) {
                    return;
                }
                failed("watch", failure);
            } else if (!progress && !lasted) {
                pause(backoff.next());
            }
        }
    }

    /// How far a watch came, and what ended it; no failure when the server ended it in order.
    private record Outcome(String reached, Optional<StatusException> failure) {}

    private Outcome watchOnce(String start) throws InterruptedException {
        String revision = start;
        try (Watch<T> watch = resource.watch(options(start))) {
            open = watch;
            recovered(); // the server has answered; events may be long in coming
            Optional<WatchEvent<T>> event = isOpen() ? watch.next() : Optional.empty();
            while (event.isPresent() && isOpen()) {
                revision = tell(event.get(), revision);
                event = watch.next();
            }
            return new Outcome(revision, Optional.empty());
        } catch (StatusException e) {
            return new Outcome(revision, Optional.of(e));
        } finally {
            open = null;
        }
    }

    private String tell(WatchEvent<T> event, String revision) {
        return switch (event) {
            case WatchEvent.Added<T> added -> {
                sink.changed(added.object());
                yield version(added.object(), revision);
            }
            case WatchEvent.Modified<T> modified -> {
                sink.changed(modified.object());
                yield version(modified.object(), revision);
            }
            case WatchEvent.Deleted<T> deleted -> {
                sink.deleted(deleted.object());
                yield version(deleted.object(), revision);
            }
            case WatchEvent.Bookmark<T> bookmark ->
                bookmark.resourceVersion().isEmpty() ? revision : bookmark.resourceVersion();
        };
    }

    private String version(T object, String otherwise) {
        String version = object.metadata().resourceVersion();
        return version == null || version.isEmpty() ? otherwise : version;
    }

    private WatchOptions options(String revision) {
        long jitter = ThreadLocalRandom.current().nextLong(MIN_WATCH.toSeconds());
        return new WatchOptions(
                selection.namespace(),
                selection.labelSelector(),
                selection.fieldSelector(),
                revision,
                MIN_WATCH.plusSeconds(jitter));
    }

    private void failed(String verb, StatusException e) throws InterruptedException {
        if (!isOpen()) {
            return;
        }
        if (!away) {
            LOG.warn("{} {}: {} (goes on with back-off)", verb, resource.kind().plural(), e.getMessage());
            away = true;
        }
        pause(backoff.next());
    }

    private void recovered() {
        if (away) {
            LOG.info("{} followed again", resource.kind().plural());
            away = false;
        }
    }

    private void pause(Duration time) throws InterruptedException {
        boolean ended = closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            LOG.debug("informer of {} closed while waiting", resource.kind().plural());
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /// The server does not know the revision yet: it was restored from a backup, or another one answered.
    private static boolean isTooLarge(StatusException e) {
        return e.code() == 504 && e.reason().equals("Timeout");
    }

    @Override
    public void close() {
        closed.countDown();
        Watch<T> current = open;
        if (current != null) {
            current.close();
        }
    }
}
