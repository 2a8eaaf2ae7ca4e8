package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.EphemeralVolumeSource;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.util.List;
import java.util.Optional;

/// Makes the claims of generic ephemeral volumes, owned by their pod (upstream `pkg/controller/volume/ephemeral`).
public final class EphemeralVolumeController {
    private static final String NAME = "ephemeral-volume-controller";
    private static final int WORKERS = 2;

    private EphemeralVolumeController() {}

    public static Controller create(ControllerContext context) {
        Informer<Pod> pods = VolumeBinderController.podsByClaim(context);
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaimKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        pods.addHandler(InformerHandler.onAny(pod -> {
            if (pod.spec().volumes().stream().anyMatch(v -> v.ephemeral() != null)) {
                queue.add(ObjectKey.of(pod));
            }
        }));
        claims.addHandler(new InformerHandler<>() {
            @Override
            public void deleted(PersistentVolumeClaim claim) {
                pods.lister()
                        .byIndex(
                                VolumeBinderController.PODS_BY_CLAIM,
                                ObjectKey.of(claim).toString())
                        .forEach(pod -> queue.add(ObjectKey.of(pod)));
            }
        });
        Resource<PersistentVolumeClaim> resource = context.client().resource(PersistentVolumeClaimKind.KIND);
        EventSink events = context.events().apply(NAME);
        Reconciler<ObjectKey> reconciler = key -> {
            Optional<Pod> pod = pods.lister().get(key.namespace(), key.name());
            if (pod.isPresent() && Pods.isActive(pod.get())) {
                for (Volume volume : pod.get().spec().volumes()) {
                    if (volume.ephemeral() != null) {
                        ensure(pod.get(), volume, claims, resource, events);
                    }
                }
            }
            return Result.done();
        };
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    private static void ensure(
            Pod pod,
            Volume volume,
            Informer<PersistentVolumeClaim> claims,
            Resource<PersistentVolumeClaim> resource,
            EventSink events) {
        String namespace = ObjectKey.of(pod).namespace();
        String name = Volumes.ephemeralName(pod, volume);
        Optional<PersistentVolumeClaim> found = claims.lister().get(namespace, name);
        if (found.isPresent()) {
            refuseForeign(pod, volume, found.get(), events);
            return;
        }
        try {
            resource.create(claim(pod, volume));
        } catch (StatusException e) {
            events.event(
                    pod,
                    EventSink.WARNING,
                    "FailedBinding",
                    "ephemeral volume " + volume.name() + ": create PVC " + name + ": " + e.getMessage());
            throw e;
        }
    }

    /// Somebody else's claim of the name is never used.
    private static void refuseForeign(Pod pod, Volume volume, PersistentVolumeClaim claim, EventSink events) {
        if (!Owners.isControlledBy(claim, pod)) {
            events.event(
                    pod,
                    EventSink.WARNING,
                    "FailedBinding",
                    "ephemeral volume " + volume.name() + ": PVC " + ObjectKey.of(claim) + " was not created for pod "
                            + ObjectKey.of(pod) + " (pod is not owner)");
            throw StatusException.internal("PVC " + ObjectKey.of(claim) + " is not the pod's own");
        }
    }

    static PersistentVolumeClaim claim(Pod pod, Volume volume) {
        EphemeralVolumeSource source = volume.ephemeral();
        if (source == null || source.volumeClaimTemplate() == null) {
            throw new IllegalArgumentException("no claim template in volume " + volume.name());
        }
        return PersistentVolumeClaimBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(text(pod.metadata().namespace()))
                        .name(Volumes.ephemeralName(pod, volume))
                        .labels(source.volumeClaimTemplate().metadata().labels())
                        .annotations(source.volumeClaimTemplate().metadata().annotations())
                        .ownerReferences(List.of(Owners.controllerReference(PodKind.KIND, pod)))
                        .build())
                .spec(source.volumeClaimTemplate().spec())
                .build();
    }
}
