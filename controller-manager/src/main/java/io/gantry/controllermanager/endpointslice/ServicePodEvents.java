package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.service.Service;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.common.Labels;
import java.util.Map;

/// Turns pod events into keys of the services that select the pod, or did before the event.
public final class ServicePodEvents implements InformerHandler<Pod> {
    private final Lister<Service> services;
    private final WorkQueue<ObjectKey> queue;

    public ServicePodEvents(Lister<Service> services, WorkQueue<ObjectKey> queue) {
        this.services = services;
        this.queue = queue;
    }

    @Override
    public void added(Pod pod) {
        notice(pod, pod.metadata().labels());
    }

    @Override
    public void updated(Pod before, Pod now) {
        if (!ServicePods.matters(before, now)) {
            return;
        }
        notice(now, now.metadata().labels());
        if (!before.metadata().labels().equals(now.metadata().labels())) {
            notice(now, before.metadata().labels());
        }
    }

    @Override
    public void deleted(Pod pod) {
        notice(pod, pod.metadata().labels());
    }

    private void notice(Pod pod, Map<String, String> labels) {
        for (Service service : services.inNamespace(text(pod.metadata().namespace()))) {
            if (ServicePods.isSelecting(service)
                    && Labels.matches(service.spec().selector(), labels)) {
                queue.add(ObjectKey.of(service));
            }
        }
    }
}
