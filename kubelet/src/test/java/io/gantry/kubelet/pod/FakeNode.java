package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.resource.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A node that is always well.
final class FakeNode implements NodeFacts {
    @Override
    public List<String> addresses() {
        return List.of("192.168.0.1");
    }

    @Override
    public Map<String, Quantity> allocatable() {
        return Map.of("cpu", Quantity.of(2));
    }

    @Override
    public Optional<Node> seen() {
        return Optional.of(PodAdmissionTest.node("{'metadata':{'name':'n','labels':{'disk':'old'}}}"));
    }

    @Override
    public Optional<Node> now() {
        return Optional.of(PodAdmissionTest.node("{'metadata':{'name':'n','labels':{'disk':'new'}}}"));
    }

    @Override
    public String runtimeName() {
        return "simulated";
    }

    @Override
    public Optional<String> networkNotReady() {
        return Optional.empty();
    }
}
