package io.gantry.controllermanager.namespace;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceBuilder;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.namespace.NamespaceSpec;
import io.gantry.api.core.v1.namespace.NamespaceStatus;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Empties namespaces that are being deleted, then takes the `kubernetes` finalizer off them (upstream
/// `pkg/controller/namespace`).
public final class NamespaceController implements Reconciler<String> {
    private static final String NAME = "namespace-controller";
    private static final String FINALIZER = "kubernetes";
    private static final int WORKERS = 5;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    private final Informer<Namespace> namespaces;
    private final Resource<Namespace> resource;
    private final ContentDeleter deleter;
    private final Clock clock;

    private NamespaceController(ControllerContext context) {
        this.namespaces = context.informers().informer(NamespaceKind.KIND);
        this.resource = context.client().resource(NamespaceKind.KIND);
        this.deleter = new ContentDeleter(context.client());
        this.clock = context.clock();
    }

    public static Controller create(ControllerContext context) {
        NamespaceController controller = new NamespaceController(context);
        WorkQueue<String> queue = new WorkQueue<>();
        controller.namespaces.addHandler(InformerHandler.onAny(namespace -> {
            if (namespace.metadata().deletionTimestamp() != null) {
                queue.add(text(namespace.metadata().name()));
            }
        }));
        return new QueueController<>(NAME, queue, WORKERS, controller);
    }

    @Override
    public Result reconcile(String name) {
        Optional<Namespace> found = namespaces.lister().get("", name);
        if (found.isEmpty() || found.get().metadata().deletionTimestamp() == null) {
            return Result.done();
        }
        try {
            return delete(name, resource.get("", name));
        } catch (StatusException e) {
            if (e.isNotFound()) {
                return Result.done();
            }
            throw e;
        }
    }

    private Result delete(String name, Namespace current) {
        if (current.metadata().deletionTimestamp() == null
                || !current.spec().finalizers().contains(FINALIZER)) {
            return Result.done();
        }
        Namespace namespace = current;
        if (!"Terminating".equals(namespace.status().phase())) {
            namespace = withStatus(
                    namespace,
                    new NamespaceStatus("Terminating", namespace.status().conditions()));
        }
        Remaining remaining = deleter.delete(name);
        NamespaceStatus status = NamespaceStatusPlan.of(namespace.status(), remaining, Fields.now(clock));
        if (!status.equals(namespace.status())) {
            namespace = withStatus(namespace, status);
        }
        if (!remaining.isNothing()) {
            return Result.requeueAfter(wait(namespace));
        }
        finish(namespace);
        return Result.done();
    }

    private Namespace withStatus(Namespace namespace, NamespaceStatus status) {
        return resource.updateStatus(
                NamespaceBuilder.builder(namespace).status(status).build());
    }

    /// A quarter of the time it has taken so far: quick for what goes quickly, seldom for what is stuck.
    private Duration wait(Namespace namespace) {
        Instant since = Fields.time(namespace.metadata().deletionTimestamp());
        Duration quarter = Duration.between(since, clock.instant()).dividedBy(4);
        if (quarter.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return quarter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : quarter;
    }

    private void finish(Namespace namespace) {
        List<String> rest = namespace.spec().finalizers().stream()
                .filter(f -> !f.equals(FINALIZER))
                .toList();
        resource.updateSubresource(
                "finalize",
                NamespaceBuilder.builder(namespace)
                        .spec(new NamespaceSpec(rest))
                        .build());
    }
}
