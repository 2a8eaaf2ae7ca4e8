package io.gantry.kubelet.runtime;

import java.util.List;

/// What a pod's resolv.conf holds.
public record DnsSpec(List<String> servers, List<String> searches, List<String> options) {
    public static final DnsSpec NONE = new DnsSpec(List.of(), List.of(), List.of());

    public DnsSpec {
        servers = List.copyOf(servers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }
}
