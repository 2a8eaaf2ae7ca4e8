package io.gantry.controllermanager.servicecidr;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.Condition;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.networking.v1.ipaddress.IPAddress;
import io.gantry.api.networking.v1.ipaddress.IPAddressKind;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDR;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRBuilder;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRKind;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRStatus;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says that ServiceCIDRs are ready, and keeps those whose addresses are in use from going.
public final class ServiceCidrController {
    private static final String NAME = "service-cidr-controller";
    private static final String READY = "Kubernetes Service CIDR is ready";
    private static final String IN_USE =
            "There are still IPAddresses referencing the ServiceCIDR, please remove them or"
                    + " create a new ServiceCIDR";

    private final Resource<ServiceCIDR> resource;
    private final Resource<IPAddress> addresses;
    private final Informer<ServiceCIDR> cidrs;
    private final ControllerContext context;

    private ServiceCidrController(ControllerContext context) {
        this.context = context;
        this.resource = context.client().resource(ServiceCIDRKind.KIND);
        this.addresses = context.client().resource(IPAddressKind.KIND);
        this.cidrs = context.informers().informer(ServiceCIDRKind.KIND);
    }

    public static Controller create(ControllerContext context) {
        ServiceCidrController controller = new ServiceCidrController(context);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        controller.cidrs.addHandler(InformerHandler.onAny(cidr -> queue.add(ObjectKey.of(cidr))));
        return new QueueController<>(NAME, queue, 1, controller::reconcile);
    }

    private Result reconcile(ObjectKey key) {
        Optional<ServiceCIDR> found = cidrs.lister().get("", key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        ServiceCIDR cidr = found.get();
        Instant now = context.clock().instant();
        // Addresses matter only to a range that goes, which is rare: they are not followed.
        List<IPAddress> used = cidr.metadata().deletionTimestamp() == null
                ? List.of()
                : addresses.list(ListOptions.all()).items();
        try {
            return apply(cidr, ServiceCidrPlan.of(cidr, cidrs.lister().all(), used, now), now);
        } catch (StatusException e) {
            if (e.isNotFound()) {
                return Result.done();
            }
            throw e;
        }
    }

    private Result apply(ServiceCIDR cidr, ServiceCidrPlan plan, Instant now) {
        return switch (plan) {
            case ServiceCidrPlan.Nothing nothing -> Result.done();
            case ServiceCidrPlan.Serve serve -> {
                ServiceCIDR fresh = serve.finalizer() ? finalizer(cidr, true) : cidr;
                if (serve.condition()) {
                    condition(fresh, "True", "", READY, now);
                }
                yield Result.done();
            }
            case ServiceCidrPlan.Hold hold -> {
                if (hold.condition()) {
                    condition(cidr, "False", "Terminating", IN_USE, now);
                }
                yield Result.requeueAfter(hold.again());
            }
            case ServiceCidrPlan.Release release -> {
                finalizer(cidr, false);
                yield Result.done();
            }
        };
    }

    private ServiceCIDR finalizer(ServiceCIDR cidr, boolean there) {
        List<String> finalizers = new ArrayList<>(cidr.metadata().finalizers());
        finalizers.remove(ServiceCidrPlan.FINALIZER);
        if (there) {
            finalizers.add(ServiceCidrPlan.FINALIZER);
        }
        return resource.update(ServiceCIDRBuilder.builder(cidr)
                .metadata(ObjectMetaBuilder.builder(cidr.metadata())
                        .finalizers(finalizers)
                        .build())
                .build());
    }

    private void condition(ServiceCIDR cidr, String status, String reason, String message, Instant now) {
        List<Condition> conditions = new ArrayList<>(cidr.status().conditions());
        conditions.removeIf(condition -> condition.type().equals(ServiceCidrPlan.READY));
        conditions.add(new Condition(
                ServiceCidrPlan.READY, status, null, now.truncatedTo(ChronoUnit.SECONDS), reason, message));
        resource.updateStatus(ServiceCIDRBuilder.builder(cidr)
                .status(new ServiceCIDRStatus(conditions))
                .build());
    }
}
