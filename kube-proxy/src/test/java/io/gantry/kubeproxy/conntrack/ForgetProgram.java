package io.gantry.kubeproxy.conntrack;

import io.gantry.kubeproxy.service.ServicePortInfo;
import io.gantry.kubeproxy.service.ServicePortName;
import io.gantry.kubeproxy.service.SourceRanges;
import java.util.List;
import java.util.Set;

/// Forgets stale flows of one UDP service in its network namespace: `CLUSTERIP PORT ENDPOINT…`. Run by tests.
public final class ForgetProgram {
    private ForgetProgram() {}

    public static void main(String[] arguments) {
        Set<String> serving = Set.copyOf(List.of(arguments).subList(2, arguments.length));
        new Conntrack(new NetfilterFlows())
                .forgetStale(List.of(new ServicePortInfo(
                        new ServicePortName("default", "dns", "dns", "udp"),
                        arguments[0],
                        Integer.parseInt(arguments[1]),
                        0,
                        List.of(),
                        0,
                        false,
                        false,
                        List.of(),
                        List.of(),
                        SourceRanges.ANY,
                        serving)));
    }
}
