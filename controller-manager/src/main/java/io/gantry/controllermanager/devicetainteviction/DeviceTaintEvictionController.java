package io.gantry.controllermanager.devicetainteviction;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.util.List;
import java.util.Optional;

/// Ends pods whose devices have NoExecute taints that their claims do not tolerate, or no longer (upstream
/// `pkg/controller/devicetainteviction`). Keys are pods; a claim asks for those that are noted in it, a slice for the
/// claims of its pool. Taints come from ResourceSlices alone: DeviceTaintRules are off in upstream, too.
public final class DeviceTaintEvictionController {
    private static final String NAME = "device-taint-eviction-controller";
    private static final int WORKERS = 4;
    private static final String BY_POOL = "devicePool";

    private final Informer<Pod> pods;
    private final Informer<ResourceClaim> claims;
    private final Informer<ResourceSlice> slices;
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();

    private DeviceTaintEvictionController(ControllerContext context) {
        this.pods = context.informers().informer(PodKind.KIND);
        this.claims = context.informers().informer(ResourceClaimKind.KIND);
        this.slices = context.informers().informer(ResourceSliceKind.KIND);
    }

    public static Controller create(ControllerContext context) {
        return new DeviceTaintEvictionController(context).assemble(context);
    }

    private Controller assemble(ControllerContext context) {
        claims.addIndex(
                BY_POOL,
                claim -> DeviceEvictionPlan.devices(claim).stream()
                        .map(device -> pool(device.driver(), device.pool()))
                        .distinct()
                        .toList());
        slices.addIndex(BY_POOL, slice -> List.of(poolOf(slice)));
        follow();
        DeviceEvictions evictions = new DeviceEvictions(
                pods.lister(), this::view, context, context.events().apply(NAME));
        context.metrics().lookUp(evictions::metrics);
        return new QueueController<>(NAME, queue, WORKERS, evictions);
    }

    private DeviceEvictionPlan.View view(String namespace) {
        return new DeviceEvictionPlan.View() {
            @Override
            public Optional<ResourceClaim> claim(String name) {
                return claims.lister().get(namespace, name);
            }

            @Override
            public List<ResourceSlice> pool(String driver, String pool) {
                return slices.lister().byIndex(BY_POOL, DeviceTaintEvictionController.pool(driver, pool));
            }
        };
    }

    private void follow() {
        pods.addHandler(InformerHandler.onAny(pod -> {
            if (PodClaims.hasAny(pod)) {
                queue.add(ObjectKey.of(pod));
            }
        }));
        claims.addHandler(InformerHandler.onAny(this::askForThoseOf));
        slices.addHandler(new InformerHandler<>() {
            @Override
            public void added(ResourceSlice slice) {
                if (hasTaints(slice)) {
                    deleted(slice);
                }
            }

            @Override
            public void updated(ResourceSlice before, ResourceSlice now) {
                if (hasTaints(before) || hasTaints(now)) {
                    deleted(before);
                    deleted(now);
                }
            }

            @Override
            public void deleted(ResourceSlice slice) {
                claims.lister()
                        .byIndex(BY_POOL, poolOf(slice))
                        .forEach(DeviceTaintEvictionController.this::askForThoseOf);
            }
        });
    }

    private void askForThoseOf(ResourceClaim claim) {
        String namespace = ObjectKey.of(claim).namespace();
        claim.status().reservedFor().stream()
                .filter(consumer -> consumer.resource().equals("pods"))
                .forEach(consumer -> queue.add(new ObjectKey(namespace, consumer.name())));
    }

    private static boolean hasTaints(ResourceSlice slice) {
        return slice.spec().devices().stream()
                .anyMatch(
                        device -> DeviceEvictionPlan.evicting(device).findAny().isPresent());
    }

    private static String poolOf(ResourceSlice slice) {
        return slice.spec().pool() == null
                ? ""
                : pool(slice.spec().driver(), slice.spec().pool().name());
    }

    private static String pool(String driver, String pool) {
        return driver + "/" + pool;
    }
}
