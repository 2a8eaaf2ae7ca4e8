package io.gantry.clusterdns.registration;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.Resource;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the Service `kube-system/kube-dns` and this server's EndpointSlice in place. A Service that an
/// administrator changed is left as it is.
public final class DnsServiceReconciler implements Reconciler<String> {
    private static final Logger LOG = LoggerFactory.getLogger(DnsServiceReconciler.class);
    private static final String KEY = DnsServicePlan.NAME;

    private final DnsServicePlan plan;
    private final Resource<Service> services;
    private final Resource<EndpointSlice> slices;

    public DnsServiceReconciler(DnsServicePlan plan, ApiClient client) {
        this.plan = plan;
        this.services = client.resource(ServiceKind.KIND);
        this.slices = client.resource(EndpointSliceKind.KIND);
    }

    /// Has the queue told when either object changes, and once at the start.
    public void follow(InformerFactory informers, WorkQueue<String> queue) {
        queue.add(KEY);
        informers.informer(ServiceKind.KIND).addHandler(InformerHandler.onAny(service -> {
            if (isOurs(service.metadata().namespace(), service.metadata().name(), DnsServicePlan.NAME)) {
                queue.add(KEY);
            }
        }));
        informers.informer(EndpointSliceKind.KIND).addHandler(InformerHandler.onAny(slice -> {
            if (isOurs(slice.metadata().namespace(), slice.metadata().name(), plan.sliceName())) {
                queue.add(KEY);
            }
        }));
    }

    private static boolean isOurs(@Nullable String namespace, @Nullable String name, String wanted) {
        return DnsServicePlan.NAMESPACE.equals(namespace) && wanted.equals(name);
    }

    @Override
    public Result reconcile(String key) {
        Optional<Service> service = services.find(DnsServicePlan.NAMESPACE, DnsServicePlan.NAME);
        if (service.isEmpty()) {
            services.create(plan.service());
            LOG.info("Service {}/{} created with {}", DnsServicePlan.NAMESPACE, DnsServicePlan.NAME, plan.clusterIp());
        } else if (!plan.clusterIp().equals(service.get().spec().clusterIP())) {
            LOG.warn(
                    "Service kube-dns has address {}, pods ask {}",
                    service.get().spec().clusterIP(),
                    plan.clusterIp());
        }
        Optional<EndpointSlice> slice = slices.find(DnsServicePlan.NAMESPACE, plan.sliceName());
        if (slice.isEmpty()) {
            slices.create(plan.slice());
        } else if (!plan.isCurrent(slice.get())) {
            slices.update(EndpointSliceBuilder.builder(plan.slice())
                    .metadata(withLabels(slice.get()))
                    .build());
        }
        return Result.done();
    }

    private ObjectMeta withLabels(EndpointSlice present) {
        return ObjectMetaBuilder.builder(present.metadata())
                .labels(plan.slice().metadata().labels())
                .build();
    }
}
