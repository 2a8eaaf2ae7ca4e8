package io.gantry.kubeproxy;

import io.gantry.api.core.v1.node.Node;
import io.gantry.client.informer.InformerHandler;
import io.gantry.kubeproxy.service.Place;
import java.util.Objects;

/// Passes on only what matters for routes and near endpoints: nodes report their state often.
record NodeHandler(Proxier proxier) implements InformerHandler<Node> {
    @Override
    public void added(Node node) {
        proxier.wake();
    }

    @Override
    public void updated(Node before, Node now) {
        if (!Objects.equals(before.spec().podCIDR(), now.spec().podCIDR())
                || !before.status().addresses().equals(now.status().addresses())
                || !Place.zone(before).equals(Place.zone(now))) {
            proxier.wake();
        }
    }

    @Override
    public void deleted(Node last) {
        proxier.wake();
    }
}
