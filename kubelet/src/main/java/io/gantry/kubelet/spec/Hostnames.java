package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Pod;
import java.util.Objects;

/// A pod's host name and domain (upstream `kubelet_pods.go`, GeneratePodHostNameAndDomain). Pure.
///
/// @param hostname at most 63 characters, or 64 where it is the full name
/// @param domain empty where the pod has no subdomain
public record Hostnames(String hostname, String domain) {
    private static final int MAX_LABEL = 63;

    public static Hostnames of(Pod pod, String clusterDomain) {
        if (pod.spec().hostnameOverride() != null) {
            return new Hostnames(pod.spec().hostnameOverride(), "");
        }
        String given = pod.spec().hostname();
        String name = given == null || given.isEmpty()
                ? truncate(Objects.requireNonNullElse(pod.metadata().name(), ""))
                : given;
        String subdomain = pod.spec().subdomain();
        if (subdomain == null || subdomain.isEmpty()) {
            return new Hostnames(name, "");
        }
        return new Hostnames(name, subdomain + "." + pod.metadata().namespace() + ".svc." + clusterDomain);
    }

    /// What the container sees as its host name.
    public String shown(Pod pod) {
        boolean full = Boolean.TRUE.equals(pod.spec().setHostnameAsFQDN());
        return full && !domain.isEmpty() ? hostname + "." + domain : hostname;
    }

    private static String truncate(String name) {
        if (name.length() <= MAX_LABEL) {
            return name;
        }
        String cut = name.substring(0, MAX_LABEL);
        int end = cut.length();
        while (end > 0 && (cut.charAt(end - 1) == '-' || cut.charAt(end - 1) == '.')) {
            end--;
        }
        return cut.substring(0, end);
    }
}
