package io.gantry.ingress.control;

import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingress.IngressLoadBalancerIngress;
import io.gantry.api.networking.v1.ingress.IngressLoadBalancerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The addresses in an Ingress' status: ours while we serve it, those of others always. Pure.
final class StatusPlan {
    private StatusPlan() {}

    /// What the status must show; empty when it does.
    static Optional<List<IngressLoadBalancerIngress>> change(Ingress ingress, boolean served, String address) {
        IngressLoadBalancerStatus balancer = ingress.status().loadBalancer();
        List<IngressLoadBalancerIngress> shown = balancer == null ? List.of() : balancer.ingress();
        boolean there = shown.stream().anyMatch(entry -> address.equals(entry.ip()));
        if (there == served) {
            return Optional.empty();
        }
        List<IngressLoadBalancerIngress> wanted = new ArrayList<>(shown);
        wanted.removeIf(entry -> address.equals(entry.ip()));
        if (served) {
            wanted.add(new IngressLoadBalancerIngress(address, null, List.of()));
        }
        return Optional.of(wanted);
    }
}
