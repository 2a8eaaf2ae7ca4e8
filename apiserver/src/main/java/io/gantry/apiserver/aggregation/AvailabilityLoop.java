package io.gantry.apiserver.aggregation;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.VirtualThreads;
import io.gantry.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Checks the servers behind this one: when an APIService, its Service or its endpoints change, every half minute, and
/// sooner while one is away. Its thread starts with the first of them.
final class AvailabilityLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AvailabilityLoop.class);
    private static final Duration RESYNC = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final ObjectReader reader;
    private final AvailabilityChecks checks;
    private final RemoteServices remotes;

    /// At most one wake-up waits.
    private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);

    private volatile Set<String> watched = Set.of();
    private @Nullable Thread thread;
    private boolean closed;

    AvailabilityLoop(ObjectReader reader, AvailabilityChecks checks, RemoteServices remotes) {
        this.reader = reader;
        this.checks = checks;
        this.remotes = remotes;
    }

    /// Wakes the loop up; starts it where there is something to check. Does not block.
    synchronized void wake() {
        if (!closed && thread == null && !remotes.all().isEmpty()) {
            thread = VirtualThreads.background().name("apiservice-availability").start(this::run);
        }
        wakeUps.offer(true);
    }

    private void run() {
        reader.watch(ServiceKind.KIND, new Waker(service -> Trees.namespace(service) + "/" + Trees.name(service)));
        reader.watch(
                EndpointSliceKind.KIND,
                new Waker(slice -> Trees.namespace(slice) + "/"
                        + Trees.text(slice, "metadata", "labels", "kubernetes.io/service-name")));
        Duration wait = Duration.ZERO;
        Set<String> known = new HashSet<>();
        try {
            while (true) {
                Boolean woken = wakeUps.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
                boolean all = round(known);
                wait = next(all, woken != null, wait);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private static Duration next(boolean all, boolean woken, Duration last) {
        if (all) {
            return RESYNC;
        }
        Duration doubled = last.multipliedBy(2);
        return woken || last.isZero() ? FIRST_RETRY : doubled.compareTo(RESYNC) > 0 ? RESYNC : doubled;
    }

    /// @param known the group versions of the last round
    private boolean round(Set<String> known) {
        Collection<RemoteService> now = remotes.all().values();
        Set<String> names = new HashSet<>();
        now.forEach(remote -> names.add(remote.namespace() + "/" + remote.service()));
        watched = Set.copyOf(names);
        known.stream().filter(gone -> !remotes.all().containsKey(gone)).forEach(checks::forget);
        known.clear();
        known.addAll(remotes.all().keySet());
        boolean all = true;
        for (RemoteService remote : now) {
            try {
                all &= checks.check(remote);
            } catch (StatusException | StoreException e) {
                LOG.warn("cannot check {}: {}", remote.name(), e.getMessage());
                all = false;
            } catch (RuntimeException bug) {
                LOG.error("checking {} broke, it is tried again", remote.name(), bug);
                all = false;
            }
        }
        return all;
    }

    /// Wakes the loop up when an object changes that a server depends on.
    private final class Waker implements ObjectListener {
        private final Function<ObjectNode, String> service;

        Waker(Function<ObjectNode, String> service) {
            this.service = service;
        }

        @Override
        public void replaced(List<ObjectNode> all) {
            wakeUps.offer(true);
        }

        @Override
        public void put(ObjectNode now) {
            if (watched.contains(service.apply(now))) {
                wakeUps.offer(true);
            }
        }

        @Override
        public void deleted(ObjectNode last) {
            put(last);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
