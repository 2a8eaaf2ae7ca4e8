package io.gantry.controllermanager.servicelb;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.client.informer.InformerHandler;

/// Passes on what decides whether a node has traffic: nodes report their state often.
record NodeEvents(Runnable changed) implements InformerHandler<Node> {
    @Override
    public void added(Node node) {
        changed.run();
    }

    @Override
    public void updated(Node before, Node now) {
        if (ready(before) != ready(now)
                || !before.metadata().labels().equals(now.metadata().labels())
                || !before.status().addresses().equals(now.status().addresses())) {
            changed.run();
        }
    }

    @Override
    public void deleted(Node last) {
        changed.run();
    }

    private static boolean ready(Node node) {
        for (NodeCondition condition : node.status().conditions()) {
            if ("Ready".equals(condition.type())) {
                return "True".equals(condition.status());
            }
        }
        return false;
    }
}
