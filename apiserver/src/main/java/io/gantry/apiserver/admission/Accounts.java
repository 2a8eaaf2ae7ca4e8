package io.gantry.apiserver.admission;

import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/// The service accounts of pods. A namespace gets its default one a moment after it was made, and pods come with the
/// same manifest: they wait for it as long as upstream's (`getServiceAccount`: ten attempts). Thread-safe.
final class Accounts {
    static final String DEFAULT = "default";
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    /// Looked again so often whatever is told: a listener may be told before the reader has it.
    private static final Duration BEAT = Duration.ofMillis(100);

    private final ObjectReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean watching;

    Accounts(ObjectReader reader) {
        this.reader = reader;
    }

    /// Blocks for up to [#PATIENCE] where the default account is missing; returns at once what there is.
    Optional<ObjectNode> find(String namespace, String name) throws InterruptedException {
        Optional<ObjectNode> found = reader.look(ServiceAccountKind.KIND, namespace, name);
        return found.isPresent() || !name.equals(DEFAULT) ? found : await(namespace);
    }

    private Optional<ObjectNode> await(String namespace) throws InterruptedException {
        watch();
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (true) {
                Optional<ObjectNode> found = reader.look(ServiceAccountKind.KIND, namespace, DEFAULT);
                long left = end - System.nanoTime();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                changed.awaitNanos(Math.min(left, BEAT.toNanos()));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Asks to be told, once, when somebody waits for the first time.
    private void watch() {
        lock.lock();
        try {
            if (watching) {
                return;
            }
            watching = true;
        } finally {
            lock.unlock();
        }
        reader.watch(ServiceAccountKind.KIND, List.of(), new Arrivals());
    }

    private void told() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Arrivals implements ObjectListener {
        @Override
        public void replaced(List<ObjectNode> all) {
            told();
        }

        @Override
        public void put(ObjectNode now) {
            told();
        }

        @Override
        public void deleted(ObjectNode last) {}
    }
}
