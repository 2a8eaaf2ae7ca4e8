package io.gantry.ingress.control;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.secret.SecretKind;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingress.IngressKind;
import io.gantry.api.networking.v1.ingress.IngressLoadBalancerIngress;
import io.gantry.api.networking.v1.ingressclass.IngressClass;
import io.gantry.api.networking.v1.ingressclass.IngressClassKind;
import io.gantry.api.networking.v1.ingressclass.IngressClasses;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Lister;
import io.gantry.client.informer.Selection;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.ingress.endpoint.Backends;
import io.gantry.ingress.route.Notice;
import io.gantry.ingress.route.RouteTable;
import io.gantry.ingress.tls.Certificates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps routes, endpoints and certificates as the cluster's objects have them, and writes status and events. Changes
/// wait in a queue, each kind once, so a thousand of them are one new table. Used by one worker.
public final class IngressController implements Reconciler<Task> {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String BY_SERVICE = "service";
    private static final Task ROUTES = new Task.Routes();

    private final WorkQueue<Task> queue;
    private final Resource<Ingress> resource;
    private final String address;
    private final Lister<Ingress> ingresses;
    private final Lister<IngressClass> classes;
    private final Lister<Secret> secrets;
    private final Backends backends;
    private final Certificates certificates = new Certificates();
    private final Notices notices;
    private final List<String> portProblems = new CopyOnWriteArrayList<>();
    private volatile RouteTable table = RouteTable.EMPTY;

    /// @param address that the status of served Ingresses shows
    public IngressController(
            ApiClient client, InformerFactory informers, WorkQueue<Task> queue, EventSink events, String address) {
        this.queue = queue;
        this.resource = client.resource(IngressKind.KIND);
        this.address = address;
        this.ingresses = informers.informer(IngressKind.KIND).lister();
        this.classes = informers.informer(IngressClassKind.KIND).lister();
        Informer<Secret> tls = informers.informer(SecretKind.KIND, Selection.ofFields("type=kubernetes.io/tls"));
        this.secrets = tls.lister();
        Informer<Service> services = informers.informer(ServiceKind.KIND);
        Informer<EndpointSlice> slices = informers.informer(EndpointSliceKind.KIND);
        slices.addIndex(BY_SERVICE, slice -> List.of(service(slice).toString()));
        this.backends = new Backends(new Backends.Cluster(
                key -> services.lister().get(key.namespace(), key.name()),
                key -> slices.lister().byIndex(BY_SERVICE, key.toString())));
        this.notices = new Notices(key -> ingresses.get(key.namespace(), key.name()), events);
        informers.informer(IngressKind.KIND).addHandler(new SpecChanges(() -> queue.add(ROUTES)));
        informers.informer(IngressClassKind.KIND).addHandler(InformerHandler.onAny(changed -> queue.add(ROUTES)));
        tls.addHandler(InformerHandler.onAny(changed -> queue.add(ROUTES)));
        services.addHandler(InformerHandler.onAny(changed -> queue.add(new Task.Endpoints(ObjectKey.of(changed)))));
        slices.addHandler(InformerHandler.onAny(changed -> queue.add(new Task.Endpoints(service(changed)))));
    }

    private static ObjectKey service(EndpointSlice slice) {
        return new ObjectKey(
                ObjectKey.of(slice).namespace(), slice.metadata().labels().getOrDefault(SERVICE_NAME, ""));
    }

    /// The routes of now.
    public RouteTable routes() {
        return table;
    }

    public Backends backends() {
        return backends;
    }

    public Certificates certificates() {
        return certificates;
    }

    /// A port cannot be had: the authors of Ingresses are told.
    public void portProblem(String problem) {
        portProblems.add(problem);
        queue.add(ROUTES);
    }

    /// It can be had now.
    public void portSolved(String problem) {
        portProblems.remove(problem);
        queue.add(ROUTES);
    }

    @Override
    public Result reconcile(Task task) {
        switch (task) {
            case Task.Routes() -> rebuild();
            case Task.Endpoints(ObjectKey service) -> {
                if (backends.refresh(service)) {
                    queue.add(ROUTES);
                }
            }
            case Task.Status(ObjectKey ingress) -> writeStatus(ingress);
        }
        return Result.done();
    }

    private void rebuild() {
        List<IngressClass> known = classes.all();
        List<Ingress> served = new ArrayList<>();
        for (Ingress ingress : ingresses.all()) {
            boolean ours = IngressClasses.serves(IngressClasses.GANTRY, ingress, known);
            if (ours) {
                served.add(ingress);
            }
            if (StatusPlan.change(ingress, ours, address).isPresent()) {
                queue.add(new Task.Status(ObjectKey.of(ingress)));
            }
        }
        RouteTable fresh = RouteTable.of(served);
        backends.keep(fresh.backends());
        List<Notice> all = new ArrayList<>(fresh.notices());
        all.addAll(certificates.update(fresh.tls(), key -> secrets.get(key.namespace(), key.name())));
        table = fresh;
        fresh.routes().forEach(route -> {
            String problem = backends.get(route.backend()).endpoints().problem();
            if (!problem.isEmpty()) {
                all.add(new Notice(route.ingress(), "BackendNotUsable", problem));
            }
        });
        for (String problem : portProblems) {
            served.forEach(ingress -> all.add(new Notice(ObjectKey.of(ingress), "PortNotAvailable", problem)));
        }
        notices.tell(all);
    }

    private void writeStatus(ObjectKey key) {
        Optional<Ingress> ingress = ingresses.get(key.namespace(), key.name());
        if (ingress.isEmpty()) {
            return;
        }
        boolean ours = IngressClasses.serves(IngressClasses.GANTRY, ingress.get(), classes.all());
        Optional<List<IngressLoadBalancerIngress>> change = StatusPlan.change(ingress.get(), ours, address);
        if (change.isEmpty()) {
            return;
        }
        String revision = Objects.requireNonNullElse(ingress.get().metadata().resourceVersion(), "");
        List<Map<String, Object>> entries =
                change.get().stream().map(IngressController::tree).toList();
        try {
            resource.patch(
                    key.namespace(),
                    key.name(),
                    Patch.merge(Map.of(
                                    "metadata",
                                    Map.of("resourceVersion", revision),
                                    "status",
                                    Map.of("loadBalancer", Map.of("ingress", entries))))
                            .subresource("status"));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private static Map<String, Object> tree(IngressLoadBalancerIngress entry) {
        String ip = entry.ip();
        String name = entry.hostname();
        return ip != null ? Map.of("ip", ip) : Map.of("hostname", name == null ? "" : name);
    }
}
