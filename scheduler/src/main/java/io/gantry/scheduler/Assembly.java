package io.gantry.scheduler;

import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.api.resource.v1.deviceclass.DeviceClassKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.api.storage.v1.csinode.CSINodeKind;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacityKind;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.Lister;
import io.gantry.client.informer.Selection;
import io.gantry.component.Metrics;
import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.devices.ClaimLedger;
import io.gantry.scheduler.extender.Extenders;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.Permits;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.plugins.PluginContext;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.gantry.scheduler.record.Answers;
import io.gantry.scheduler.record.CycleRecorder;
import io.gantry.scheduler.record.DecisionLog;
import io.gantry.scheduler.record.SeededRandom;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.PodInfo;
import java.nio.file.Path;
import java.util.Optional;

/// Builds a scheduler and what feeds it; nothing runs yet.
final class Assembly {
    /// The pods that it follows.
    static final Selection UNFINISHED = Selection.ofFields("status.phase!=Succeeded,status.phase!=Failed");

    private final Surroundings around;
    private final SchedulerConfiguration configuration;
    private final SeededRandom random;
    private final Metrics metrics;

    Assembly(Surroundings around, SchedulerConfiguration configuration, long seed, Metrics metrics) {
        this.around = around;
        this.configuration = configuration;
        this.random = new SeededRandom(seed);
        this.metrics = metrics;
    }

    /// @param record the file that decisions are written to
    Scheduler build(Optional<Path> record) {
        if (record.isPresent() && !configuration.extenders().isEmpty()) {
            throw new IllegalArgumentException("--record-decisions: what extenders say cannot be recorded");
        }
        InformerFactory informers = around.informers();
        ClaimLedger ledger = new ClaimLedger();
        // Before all who ask it when they are told of a change.
        informers.informer(ResourceClaimKind.KIND).addHandler(ledger.follower());
        ApiDeviceBinding devices = devices();
        PodWriter writer = new PodWriter(around.client(), around.clock(), devices);
        Permits permits = new Permits();
        Nominations nominations = new Nominations();
        Answers cluster = new Answers(new InformerClusterView(informers, ledger));
        Optional<DecisionLog> log =
                record.map(file -> new DecisionLog(file, configuration.text(), cluster, random, nominations));
        Profiles profiles = configuration.profiles(new PluginContext(
                cluster,
                claims(),
                new PluginContext.Devices(ledger, devices),
                writer,
                permits,
                nominations,
                () -> budgets(log),
                random,
                Extenders.of(configuration.extenders())));
        Scheduler.State state = new Scheduler.State(
                new SchedulingQueue(profiles, configuration.backoff(), around.nanoTime()),
                new ClusterCache(),
                nominations,
                permits);
        Scheduler scheduler = new Scheduler(
                state,
                profiles,
                random,
                new Scheduler.Outputs(writer, around.events(), new Attempts(metrics.registry()), around.writes()),
                log.<CycleRecorder>map(recorder -> recorder).orElse(CycleRecorder.NONE));
        Attempts.watch(metrics.registry(), state.queue());
        feed(informers, new ClusterFeed(state, profiles, pod -> tellGated(scheduler, pod)));
        return scheduler;
    }

    private ApiClaimBinding claims() {
        Informer<PersistentVolumeClaim> informer = around.informers().informer(PersistentVolumeClaimKind.KIND);
        return new ApiClaimBinding(
                around.client(), informer.lister(), around.waits().apply(informer));
    }

    private ApiDeviceBinding devices() {
        Informer<ResourceClaim> informer = around.informers().informer(ResourceClaimKind.KIND);
        return new ApiDeviceBinding(around.client(), around.waits().apply(informer), around.clock());
    }

    private DisruptionBudgets budgets(Optional<DecisionLog> log) {
        Lister<PodDisruptionBudget> lister =
                around.informers().informer(PodDisruptionBudgetKind.KIND).lister();
        DisruptionBudgets now = new DisruptionBudgets(lister.all());
        log.ifPresent(recorder -> recorder.told(now));
        return now;
    }

    private static void feed(InformerFactory informers, ClusterFeed feed) {
        informers.informer(PodDisruptionBudgetKind.KIND);
        informers.informer(NodeKind.KIND).addHandler(feed.nodes());
        informers.informer(PodKind.KIND, UNFINISHED).addHandler(feed.pods());
        informers.informer(PersistentVolumeClaimKind.KIND).addHandler(feed.objects(ClusterEvent.ClaimChanged::new));
        informers.informer(PersistentVolumeKind.KIND).addHandler(feed.objects(ClusterEvent.VolumeChanged::new));
        informers.informer(StorageClassKind.KIND).addHandler(feed.objects(ClusterEvent.ClassChanged::new));
        informers.informer(CSINodeKind.KIND).addHandler(feed.objects(ClusterEvent.CsiNodeChanged::new));
        informers.informer(CSIDriverKind.KIND).addHandler(feed.objects(ClusterEvent.CsiDriverChanged::new));
        informers.informer(CSIStorageCapacityKind.KIND).addHandler(feed.objects(ClusterEvent.CapacityChanged::new));
        informers.informer(VolumeAttachmentKind.KIND).addHandler(feed.attachments());
        informers.informer(ResourceClaimKind.KIND).addHandler(feed.deviceClaims());
        informers.informer(ResourceSliceKind.KIND).addHandler(feed.objects(ClusterEvent.SliceChanged::new));
        informers.informer(DeviceClassKind.KIND).addHandler(feed.objects(ClusterEvent.DeviceClassChanged::new));
        informers.informer(NamespaceKind.KIND).addHandler(feed.namespaces());
    }

    private static void tellGated(Scheduler scheduler, PodInfo pod) {
        try {
            scheduler.gated(pod);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
