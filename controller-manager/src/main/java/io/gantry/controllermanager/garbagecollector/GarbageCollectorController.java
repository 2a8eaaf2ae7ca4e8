package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.KubernetesObject;
import io.gantry.api.apiextensions.v1.customresourcedefinition.CustomResourceDefinitionKind;
import io.gantry.api.apiregistration.v1.apiservice.APIServiceKind;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.event.EventSink;
import io.gantry.client.work.ControllerRunner;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.common.Discovery;
import io.gantry.controllermanager.common.Owners;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what lost its owners, in the background or before them, or sets it free: upstream
/// `pkg/controller/garbagecollector`. It follows every kind, custom ones too; new ones are looked for when a
/// CustomResourceDefinition or APIService changes.
public final class GarbageCollectorController implements Controller, Monitors.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollectorController.class);
    private static final String NAME = "garbage-collector-controller";
    private static final int WORKERS = 10;
    private static final Duration FIRST_SYNC = Duration.ofSeconds(30);

    /// Definitions change several times in a row, and are served a moment later.
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final String REFRESH = "refresh";

    private final ResourceGraph graph = new ResourceGraph();
    private final Resources resources = new Resources();
    private final EventSink events;
    private final Discovery discovery;
    private final Monitors monitors;
    private final WorkQueue<String> examine = new WorkQueue<>();
    private final WorkQueue<String> orphan = new WorkQueue<>();
    private final WorkQueue<String> refresh = new WorkQueue<>();
    private final CountDownLatch firstSync = new CountDownLatch(1);
    private final List<ControllerRunner<String>> runners;

    private GarbageCollectorController(ControllerContext context) {
        refresh.add(REFRESH);
        this.events = context.events().apply(NAME);
        this.discovery = new Discovery(context.client());
        this.monitors = new Monitors(context.informers(), this);
        MetadataWrites writes = new MetadataWrites(context.client());
        Collector collector = new Collector(graph, resources, writes, context.client(), examine::add);
        Orphaner orphaner = new Orphaner(graph, writes);
        this.runners = List.of(
                new ControllerRunner<>("garbage-collector-discovery", refresh, 1, key -> refresh()),
                new ControllerRunner<>("garbage-collector", examine, WORKERS, uid -> {
                    firstSync.await();
                    return collector.reconcile(uid);
                }),
                new ControllerRunner<>("garbage-collector-orphan", orphan, WORKERS, uid -> {
                    firstSync.await();
                    return orphaner.reconcile(uid);
                }));
    }

    public static Controller create(ControllerContext context) {
        return new GarbageCollectorController(context);
    }

    @Override
    public List<ControllerRunner<?>> runners() {
        return List.copyOf(runners);
    }

    @Override
    public void start() {
        runners.forEach(ControllerRunner::start);
    }

    private Result refresh() throws InterruptedException {
        Discovery.Found found = discovery.discover();
        resources.set(found.resources());
        monitors.follow(found.resources());
        if (firstSync.getCount() > 0) {
            if (!monitors.awaitSynced(FIRST_SYNC)) {
                LOG.warn("not every resource is followed yet; collecting garbage of the others");
            }
            firstSync.countDown();
        }
        return found.failed().isEmpty() ? Result.done() : Result.requeueAfter(Duration.ofSeconds(30));
    }

    @Override
    public void changed(Kind<PartialObjectMetadata> kind, KubernetesObject object) {
        follow(graph.observe(kind, object));
        if (isDefinition(kind)) {
            refresh.addAfter(REFRESH, SETTLE);
        }
    }

    @Override
    public void gone(KubernetesObject object) {
        String uid = Owners.uid(object);
        boolean definition =
                graph.get(uid).map(item -> isDefinition(item.kind())).orElse(false);
        follow(graph.remove(uid));
        if (definition) {
            refresh.addAfter(REFRESH, SETTLE);
        }
    }

    @Override
    public void unfollowed(Kind<PartialObjectMetadata> kind) {
        graph.uidsOf(kind).forEach(uid -> follow(graph.remove(uid)));
    }

    private static boolean isDefinition(Kind<?> kind) {
        String resource = kind.groupResource();
        return resource.equals(CustomResourceDefinitionKind.KIND.groupResource())
                || resource.equals(APIServiceKind.KIND.groupResource());
    }

    private void follow(ResourceGraph.Consequences consequences) {
        consequences.examine().forEach(examine::add);
        consequences.orphan().forEach(orphan::add);
        consequences.misplaced().forEach(this::tell);
    }

    private void tell(ResourceGraph.Misplaced misplaced) {
        Item dependent = misplaced.dependent();
        OwnerReference owner = misplaced.owner();
        String namespace = dependent.key().namespace();
        events.event(
                ObjectReferenceBuilder.builder()
                        .apiVersion(dependent.kind().apiVersion())
                        .kind(dependent.kind().name())
                        .namespace(namespace)
                        .name(dependent.key().name())
                        .uid(dependent.uid())
                        .build(),
                EventSink.WARNING,
                "OwnerRefInvalidNamespace",
                "ownerRef [" + owner.apiVersion() + "/" + owner.kind() + ", namespace: " + namespace + ", name: "
                        + owner.name() + ", uid: " + owner.uid() + "] does not exist in namespace \"" + namespace
                        + "\"");
    }

    @Override
    public void close() {
        runners.forEach(ControllerRunner::close);
    }
}
