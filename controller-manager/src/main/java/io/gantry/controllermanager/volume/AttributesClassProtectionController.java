package io.gantry.controllermanager.volume;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.AttributesClasses;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.storage.v1.volumeattributesclass.VolumeAttributesClass;
import io.gantry.api.storage.v1.volumeattributesclass.VolumeAttributesClassKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Keeps a VolumeAttributesClass that is being deleted as long as a claim or a volume names it (upstream
/// `pkg/controller/volume/vacprotection`).
public final class AttributesClassProtectionController implements Reconciler<ObjectKey> {
    private static final String NAME = "volumeattributesclass-protection-controller";
    private static final int WORKERS = 1;
    private static final String BY_CLASS = "volumeattributesclass";
    static final String FINALIZER = "kubernetes.io/vac-protection";

    private final Informer<VolumeAttributesClass> classes;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Resource<VolumeAttributesClass> resource;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();

    private AttributesClassProtectionController(ControllerContext context) {
        this.classes = context.informers().informer(VolumeAttributesClassKind.KIND);
        this.claims = context.informers().informer(PersistentVolumeClaimKind.KIND);
        this.volumes = context.informers().informer(PersistentVolumeKind.KIND);
        this.resource = context.client().resource(VolumeAttributesClassKind.KIND);
    }

    public static Controller create(ControllerContext context) {
        AttributesClassProtectionController controller = new AttributesClassProtectionController(context);
        controller.classes.addHandler(InformerHandler.onAny(c -> controller.queue.add(ObjectKey.of(c))));
        controller.follow(controller.claims, AttributesClasses::of);
        controller.follow(controller.volumes, AttributesClassProtectionController::named);
        return new QueueController<>(NAME, controller.queue, WORKERS, controller);
    }

    private <T extends KubernetesObject> void follow(Informer<T> informer, Function<T, Set<String>> named) {
        informer.addIndex(
                BY_CLASS, object -> named.apply(object).stream().sorted().toList());
        informer.addHandler(new InformerHandler<>() {
            @Override
            public void updated(T before, T now) {
                Set<String> still = named.apply(now);
                named.apply(before).stream()
                        .filter(name -> !still.contains(name))
                        .sorted()
                        .forEach(this::look);
            }

            @Override
            public void deleted(T last) {
                named.apply(last).stream().sorted().forEach(this::look);
            }

            private void look(String name) {
                queue.add(new ObjectKey("", name));
            }
        });
    }

    private static Set<String> named(PersistentVolume volume) {
        String name = volume.spec().volumeAttributesClassName();
        return name == null || name.isEmpty() ? Set.of() : Set.of(name);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<VolumeAttributesClass> found = classes.lister().get("", key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        boolean used = !claims.lister().byIndex(BY_CLASS, key.name()).isEmpty()
                || !volumes.lister().byIndex(BY_CLASS, key.name()).isEmpty();
        if (found.get().metadata().deletionTimestamp() == null) {
            Finalizers.add(resource, found.get(), FINALIZER);
        } else if (!used) {
            Finalizers.remove(resource, found.get(), FINALIZER);
        }
        return Result.done();
    }
}
