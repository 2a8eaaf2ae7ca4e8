package io.gantry.controllermanager.servicelb;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the addresses of LoadBalancer Services into their status; kube-proxy on each node serves them. Ports of one
/// Service decide what another can have, so all are reconciled together.
public final class ServiceLoadBalancerController {
    private static final String ALL = "services";

    private ServiceLoadBalancerController() {}

    public static Controller create(ControllerContext context) {
        Informer<Service> services = context.informers().informer(ServiceKind.KIND);
        Informer<Node> nodes = context.informers().informer(NodeKind.KIND);
        Informer<EndpointSlice> slices = context.informers().informer(EndpointSliceKind.KIND);
        Resource<Service> resource = context.client().resource(ServiceKind.KIND);
        EventSink events = context.events().apply("service-controller");
        WorkQueue<String> queue = new WorkQueue<>();
        services.addHandler(InformerHandler.onAny(service -> queue.add(ALL)));
        slices.addHandler(InformerHandler.onAny(slice -> queue.add(ALL)));
        nodes.addHandler(new NodeEvents(() -> queue.add(ALL)));
        return new QueueController<>("service-lb", queue, 1, key -> {
            Map<ObjectKey, List<String>> changes = LoadBalancerPlan.changes(
                    services.lister().all(),
                    nodes.lister().all(),
                    slices.lister().all());
            changes.forEach((service, addresses) -> write(resource, events, service, addresses));
            return Result.done();
        });
    }

    private static void write(Resource<Service> resource, EventSink events, ObjectKey key, List<String> addresses) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode ingress = body.putObject("status").putObject("loadBalancer").putArray("ingress");
        addresses.forEach(ip -> ingress.addObject().put("ip", ip).put("ipMode", "VIP"));
        try {
            Service written = resource.patch(
                    key.namespace(), key.name(), Patch.merge(body).subresource("status"));
            if (!addresses.isEmpty()) {
                events.event(written, EventSink.NORMAL, "EnsuredLoadBalancer", "Ensured load balancer");
            }
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
