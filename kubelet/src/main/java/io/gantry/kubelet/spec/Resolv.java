package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodDNSConfig;
import io.gantry.api.core.v1.pod.PodDNSConfigOption;
import io.gantry.kubelet.runtime.DnsSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/// What a pod's resolv.conf holds (upstream `pkg/kubelet/network/dns`). Pure.
///
/// @param clusterDns may be empty: then pods resolve as the host does
/// @param host the host's own
public record Resolv(List<String> clusterDns, String clusterDomain, DnsSpec host) {
    private static final int MAX_SERVERS = 3;
    private static final int MAX_SEARCHES = 32;

    public Resolv {
        clusterDns = List.copyOf(clusterDns);
    }

    public DnsSpec of(Pod pod) {
        String policy = Objects.requireNonNullElse(pod.spec().dnsPolicy(), "ClusterFirst");
        boolean hostNetwork = Boolean.TRUE.equals(pod.spec().hostNetwork());
        boolean cluster = policy.equals("ClusterFirstWithHostNet") || (policy.equals("ClusterFirst") && !hostNetwork);
        DnsSpec base = policy.equals("None") ? DnsSpec.NONE : cluster && !clusterDns.isEmpty() ? cluster(pod) : host;
        PodDNSConfig config = pod.spec().dnsConfig();
        DnsSpec merged = config == null ? base : merge(base, config);
        return new DnsSpec(
                first(merged.servers(), MAX_SERVERS), first(merged.searches(), MAX_SEARCHES), merged.options());
    }

    private DnsSpec cluster(Pod pod) {
        List<String> searches = new ArrayList<>(
                List.of(pod.metadata().namespace() + ".svc." + clusterDomain, "svc." + clusterDomain, clusterDomain));
        searches.addAll(host.searches());
        return new DnsSpec(clusterDns, List.copyOf(new LinkedHashSet<>(searches)), List.of("ndots:5"));
    }

    private static DnsSpec merge(DnsSpec base, PodDNSConfig config) {
        LinkedHashSet<String> servers = new LinkedHashSet<>(base.servers());
        servers.addAll(config.nameservers());
        LinkedHashSet<String> searches = new LinkedHashSet<>(base.searches());
        searches.addAll(config.searches());
        List<String> options = new ArrayList<>(base.options());
        for (PodDNSConfigOption option : config.options()) {
            options.removeIf(o -> o.equals(option.name()) || o.startsWith(option.name() + ":"));
            boolean bare = option.value() == null || option.value().isEmpty();
            options.add(bare ? Objects.requireNonNullElse(option.name(), "") : option.name() + ":" + option.value());
        }
        return new DnsSpec(List.copyOf(servers), List.copyOf(searches), options);
    }

    private static List<String> first(List<String> list, int limit) {
        return list.size() <= limit ? list : list.subList(0, limit);
    }

    /// Reads a resolv.conf.
    public static DnsSpec parse(String text) {
        List<String> servers = new ArrayList<>();
        List<String> searches = List.of();
        List<String> options = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.trim().split("\\s+"));
            List<String> values = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "nameserver" -> servers.addAll(first(values, 1));
                case "search" ->
                    searches = values.stream().filter(s -> !s.equals(".")).toList();
                case "options" -> options.addAll(values);
                default -> {}
            }
        }
        return new DnsSpec(servers, searches, options);
    }
}
