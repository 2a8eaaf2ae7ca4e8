package io.gantry.api.core.v1.service;

import static io.gantry.api.validation.References.text;

import java.util.ArrayList;
import java.util.List;

/// What is allowed in a Service and yet does nothing, or is old (upstream `pkg/api/service/warnings.go`).
final class ServiceWarnings {
    private static final String OLD_HINTS = "service.kubernetes.io/topology-aware-hints";

    private ServiceWarnings() {}

    static List<String> of(Service service) {
        List<String> warnings = new ArrayList<>();
        ServiceSpec spec = service.spec();
        if (service.metadata().annotations().containsKey(OLD_HINTS)) {
            warnings.add("annotation " + OLD_HINTS
                    + " is deprecated, please use service.kubernetes.io/topology-mode instead");
        }
        boolean external = "ExternalName".equals(spec.type());
        boolean headless = "ClusterIP".equals(spec.type()) && "None".equals(spec.clusterIP());
        if (headless) {
            headless(spec, warnings);
        }
        if (!spec.externalIPs().isEmpty() && !headless && !external) {
            warnings.add("spec.externalIPs is deprecated and may no longer be implemented in some clusters");
        }
        if (!spec.externalIPs().isEmpty() && external) {
            warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!external && !text(spec.externalName()).isEmpty()) {
            warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
        }
        if ("PreferClose".equals(spec.trafficDistribution())) {
            warnings.add("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
        }
        return warnings;
    }

    private static void headless(ServiceSpec spec, List<String> warnings) {
        if (!text(spec.loadBalancerIP()).isEmpty()) {
            warnings.add("spec.loadBalancerIP is ignored for headless services");
        }
        if (!spec.externalIPs().isEmpty()) {
            warnings.add("spec.externalIPs is ignored for headless services");
        }
        if (!"None".equals(spec.sessionAffinity())) {
            warnings.add("spec.SessionAffinity is ignored for headless services");
        }
    }
}
