package io.gantry.kubeproxy;

import io.gantry.kubeproxy.service.Backend;
import io.gantry.kubeproxy.service.ServicePortInfo;
import io.gantry.kubeproxy.service.ServicePortName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds UDP flows that the kernel would keep sending to the wrong place after a change: UDP has no end of connection,
/// so a client that goes on sending keeps its translation, or its lack of one. Pure.
final class StaleFlows {
    private StaleFlows() {}

    /// Arguments of `conntrack -D`, one list a deletion.
    static List<List<String>> between(List<ServicePortInfo> before, List<ServicePortInfo> after) {
        Map<ServicePortName, ServicePortInfo> known = new HashMap<>();
        before.forEach(port -> known.put(port.name(), port));
        Map<ServicePortName, ServicePortInfo> wanted = new HashMap<>();
        after.forEach(port -> wanted.put(port.name(), port));
        List<List<String>> deletions = new ArrayList<>();
        for (ServicePortInfo old : before) {
            if (isUdp(old)) {
                gone(old, Optional.ofNullable(wanted.get(old.name())), deletions);
            }
        }
        for (ServicePortInfo fresh : after) {
            ServicePortInfo old = known.get(fresh.name());
            if (isUdp(fresh)
                    && !fresh.backends().isEmpty()
                    && (old == null || old.backends().isEmpty())) {
                untranslated(fresh, deletions);
            }
        }
        return deletions;
    }

    private static boolean isUdp(ServicePortInfo port) {
        return port.name().protocol().equals("udp");
    }

    /// Flows to endpoints that no longer serve.
    private static void gone(ServicePortInfo old, Optional<ServicePortInfo> now, List<List<String>> deletions) {
        for (Backend backend : old.backends()) {
            if (now.filter(port -> port.backends().contains(backend)).isEmpty()) {
                for (List<String> entry : entries(old)) {
                    List<String> deletion = new ArrayList<>(entry);
                    deletion.addAll(List.of("--dst-nat", backend.ip()));
                    deletions.add(deletion);
                }
            }
        }
    }

    /// Flows that began while nothing served.
    private static void untranslated(ServicePortInfo port, List<List<String>> deletions) {
        deletions.addAll(entries(port));
    }

    private static List<List<String>> entries(ServicePortInfo port) {
        List<List<String>> entries = new ArrayList<>();
        List<String> addresses = new ArrayList<>(port.externalIps());
        addresses.addFirst(port.clusterIp());
        for (String address : addresses) {
            entries.add(List.of("--orig-dst", address, "--orig-port-dst", Integer.toString(port.port())));
        }
        if (port.nodePort() > 0) {
            entries.add(List.of("--orig-port-dst", Integer.toString(port.nodePort())));
        }
        return entries;
    }
}
