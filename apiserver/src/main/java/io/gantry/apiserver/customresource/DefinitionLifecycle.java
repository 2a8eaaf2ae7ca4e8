package io.gantry.apiserver.customresource;

import io.gantry.api.StatusException;
import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionRules;
import io.gantry.apiserver.endpoint.InternalWrites;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.component.VirtualThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the status of CustomResourceDefinitions and ends their lives. One worker that starts with the first
/// definition; every API server has one, and a write that another was quicker with is tried again.
public final class DefinitionLifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DefinitionLifecycle.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final CustomResources customs;
    private final InternalWrites writes;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final LinkedHashSet<String> queue = new LinkedHashSet<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private @Nullable Thread worker;
    private boolean closed;

    public DefinitionLifecycle(
            CustomResources customs, InternalWrites writes, InstantSource clock, ScheduledExecutorService timer) {
        this.customs = customs;
        this.writes = writes;
        this.clock = clock;
        this.timer = timer;
    }

    /// A definition changed or is gone; does not block.
    public void changed(String name) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            queue.add(name);
            added.signalAll();
            if (worker == null) {
                worker = VirtualThreads.background().name("crd-lifecycle").start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (true) {
                String name = take();
                if (name.isEmpty()) {
                    return;
                }
                boolean done = attempt(name);
                settle(name, done);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String take() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                added.await();
            }
            return closed ? "" : queue.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private void settle(String name, boolean done) {
        if (done) {
            attempts.remove(name);
            return;
        }
        int attempt = attempts.merge(name, 1, Integer::sum);
        long wait = Math.min(FIRST_WAIT.toMillis() << Math.min(attempt, 10), LONGEST_WAIT.toMillis());
        lock.lock();
        try {
            if (!closed) {
                timer.schedule(() -> changed(name), wait, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean attempt(String name) {
        try {
            return reconcile(name);
        } catch (StatusException e) {
            if (!e.isConflict() && !e.isNotFound()) {
                LOG.warn("definition {}: {}", name, e.getMessage());
            }
            return e.isNotFound();
        } catch (RuntimeException e) {
            LOG.error("definition {}", name, e);
            return false;
        }
    }

    /// @return false when it is to be looked at again
    private boolean reconcile(String name) {
        Optional<ObjectNode> found = writes.read(CustomResourceDefinitionKind.KIND, "", name);
        if (found.isEmpty()) {
            reconsiderOthers(name);
            return true;
        }
        ObjectNode definition = found.get();
        if (definition.path("metadata").has("deletionTimestamp")) {
            return end(definition);
        }
        ObjectNode wanted = definition.deepCopy();
        NameAcceptance.apply(wanted, customs.trees(), clock.instant());
        if (!wanted.equals(definition)) {
            writes.updateStatus(CustomResourceDefinitionKind.KIND, wanted);
            reconsiderOthers(name);
        }
        return true;
    }

    /// Names that this definition gave up may be free for others of its group.
    private void reconsiderOthers(String name) {
        String group = name.substring(name.indexOf('.') + 1);
        for (ObjectNode other : customs.trees()) {
            if (Trees.text(other, "spec", "group").equals(group)
                    && !Trees.name(other).equals(name)
                    && !Conditions.isTrue(other, Conditions.NAMES_ACCEPTED)) {
                changed(Trees.name(other));
            }
        }
    }

    private boolean end(ObjectNode definition) {
        if (Trees.texts(definition, "metadata", "finalizers").stream()
                .noneMatch(CustomResourceDefinitionRules.CLEANUP::equals)) {
            return true;
        }
        ObjectNode current =
                terminating(definition, true, "InstanceDeletionInProgress", "CustomResource deletion is in progress");
        Optional<ServedResource> resource =
                customs.serving(Trees.name(definition)).flatMap(Serving::storageVersion);
        if (resource.isPresent() && writes.deleteAll(resource.get()) > 0) {
            return false;
        }
        current = terminating(current, false, "InstanceDeletionCompleted", "removed all instances");
        ArrayNode finalizers = Trees.array(Trees.object(current, "metadata"), "finalizers");
        finalizers.removeIf(each -> each.asString("").equals(CustomResourceDefinitionRules.CLEANUP));
        // As a status, whose writer need not have a sound definition: old ones may lack a schema.
        writes.updateStatus(CustomResourceDefinitionKind.KIND, current);
        return true;
    }

    private ObjectNode terminating(ObjectNode definition, boolean value, String reason, String message) {
        ObjectNode wanted = definition.deepCopy();
        Conditions.set(wanted, Conditions.TERMINATING, value, reason, message, clock.instant());
        return wanted.equals(definition) ? definition : writes.updateStatus(CustomResourceDefinitionKind.KIND, wanted);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
