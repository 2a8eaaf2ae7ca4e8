package io.gantry.kubeproxy.service;

import java.util.List;

/// Who may use a Service's load balancer (`loadBalancerSourceRanges`): node ports and the cluster IP are open all the
/// same, as with upstream's proxy.
///
/// @param addresses of the load balancer, which others do not get through to
/// @param allowed IPv4 ranges; empty when all may
public record SourceRanges(List<String> addresses, List<String> allowed) {
    public static final SourceRanges ANY = new SourceRanges(List.of(), List.of());

    public SourceRanges {
        addresses = List.copyOf(addresses);
        allowed = List.copyOf(allowed);
    }
}
