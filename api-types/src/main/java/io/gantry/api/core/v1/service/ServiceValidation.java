package io.gantry.api.core.v1.service;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A Service's spec (upstream `ValidateService`).
final class ServiceValidation {
    private static final int MAX_AFFINITY_SECONDS = 86400;
    private static final String ONLY_BALANCED = "may only be used when `type` is 'LoadBalancer'";

    private static final List<String> DISTRIBUTIONS = List.of("PreferClose", "PreferSameNode", "PreferSameZone");

    private ServiceValidation() {}

    static void check(ServiceSpec spec, FieldErrors errors) {
        String type = text(spec.type());
        boolean headless = "None".equals(spec.clusterIP());
        if (spec.ports().isEmpty() && !headless && !type.equals("ExternalName")) {
            errors.required("spec.ports", "");
        }
        type(spec, type, headless, errors);
        ports(spec, type, errors);
        LabelValidation.labels(spec.selector(), "spec.selector", errors);
        affinity(spec, errors);
        addresses(spec, type, errors);
        loadBalancer(spec, type, errors);
        trafficPolicy(spec, type, errors);
        String distribution = spec.trafficDistribution();
        if (distribution != null && !DISTRIBUTIONS.contains(distribution)) {
            errors.notSupported("spec.trafficDistribution", distribution, DISTRIBUTIONS);
        }
    }

    static void update(ServiceSpec spec, ServiceSpec old, FieldErrors errors) {
        if (isBalanced(spec) && isBalanced(old) && !Objects.equals(spec.loadBalancerClass(), old.loadBalancerClass())) {
            errors.invalid("spec.loadBalancerClass", spec.loadBalancerClass(), "may not change once set");
        }
        if ("ExternalName".equals(spec.type()) || "ExternalName".equals(old.type())) {
            return;
        }
        String before = text(old.clusterIP());
        String now = text(spec.clusterIP());
        if (!before.isEmpty() && now.isEmpty()) {
            errors.invalid("spec.clusterIPs[0]", now, "primary clusterIP can not be unset");
        } else if (!before.isEmpty() && !before.equals(now)) {
            errors.invalid("spec.clusterIPs[0]", spec.clusterIPs(), "may not change once set");
        }
    }

    private static void type(ServiceSpec spec, String type, boolean headless, FieldErrors errors) {
        switch (type) {
            case "LoadBalancer", "NodePort" -> {
                if (headless) {
                    errors.invalid("spec.clusterIPs[0]", "None", "may not be set to 'None' for " + type + " services");
                }
            }
            case "ExternalName" -> {
                if (!text(spec.clusterIP()).isEmpty() || !spec.clusterIPs().isEmpty()) {
                    errors.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
                }
                if (!spec.ipFamilies().isEmpty()) {
                    errors.forbidden("spec.ipFamilies", "may not be set for ExternalName services");
                }
                if (spec.ipFamilyPolicy() != null) {
                    errors.forbidden("spec.ipFamilyPolicy", "may not be set for ExternalName services");
                }
                String name = text(spec.externalName());
                if (name.isEmpty()) {
                    errors.required("spec.externalName", "");
                } else {
                    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
                    Names.subdomain(bare).forEach(m -> errors.invalid("spec.externalName", name, m));
                }
            }
            default -> {}
        }
    }

    private static void ports(ServiceSpec spec, String type, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        for (int i = 0; i < spec.ports().size(); i++) {
            ServicePort port = spec.ports().get(i);
            String at = "spec.ports[" + i + "]";
            port(port, spec.ports().size() > 1, names, at, errors);
            int nodePort = port.nodePort() == null ? 0 : port.nodePort();
            if (type.equals("ClusterIP") && nodePort != 0) {
                errors.forbidden(at + ".nodePort", "may not be used when `type` is 'ClusterIP'");
            }
            if (nodePort != 0 && !nodePorts.add(port.protocol() + "/" + nodePort)) {
                errors.duplicate(at + ".nodePort", nodePort);
            }
            if (!keys.add(port.protocol() + "/" + port.port())) {
                errors.duplicate(at, Map.of("port", port.port(), "protocol", text(port.protocol())));
            }
        }
    }

    private static void port(ServicePort port, boolean named, Set<String> names, String at, FieldErrors errors) {
        String name = text(port.name());
        if (name.isEmpty()) {
            if (named) {
                errors.required(at + ".name", "");
            }
        } else {
            References.format(name, Names::label, at + ".name", errors);
            if (!names.add(name)) {
                errors.duplicate(at + ".name", name);
            }
        }
        Numbers.port(port.port() == null ? 0 : port.port(), at + ".port", errors);
        switch (port.targetPort()) {
            case null -> {}
            case IntOrString.Int number -> Numbers.port(number.value(), at + ".targetPort", errors);
            case IntOrString.Text target ->
                References.format(target.value(), TextForms::portName, at + ".targetPort", errors);
        }
        References.present(port.appProtocol(), Names::qualified, at + ".appProtocol", errors);
    }

    private static void affinity(ServiceSpec spec, FieldErrors errors) {
        SessionAffinityConfig config = spec.sessionAffinityConfig();
        if ("ClientIP".equals(spec.sessionAffinity())) {
            Integer seconds = config == null || config.clientIP() == null
                    ? null
                    : config.clientIP().timeoutSeconds();
            String path = "spec.sessionAffinityConfig.clientIP";
            if (seconds == null) {
                errors.required(path, "when session affinity type is ClientIP");
            } else if (seconds <= 0 || seconds > MAX_AFFINITY_SECONDS) {
                errors.invalid(
                        path + ".timeoutSeconds",
                        seconds,
                        "must be greater than 0 and less than " + MAX_AFFINITY_SECONDS);
            }
        } else if (config != null) {
            errors.forbidden("spec.sessionAffinityConfig", "must not be set when session affinity is None");
        }
    }

    private static void addresses(ServiceSpec spec, String type, FieldErrors errors) {
        for (int i = 0; i < spec.clusterIPs().size(); i++) {
            String ip = spec.clusterIPs().get(i);
            if (i == 0 && ip.equals("None")) {
                continue;
            }
            References.ip(ip, "spec.clusterIPs[" + i + "]", errors);
        }
        if (!spec.clusterIPs().isEmpty()
                && !text(spec.clusterIP()).equals(spec.clusterIPs().get(0))) {
            errors.invalid("spec.clusterIPs[0]", spec.clusterIPs(), "first value must match `clusterIP`");
        }
        for (int i = 0; i < spec.externalIPs().size(); i++) {
            References.ip(spec.externalIPs().get(i), "spec.externalIPs[" + i + "]", errors);
        }
        if (text(spec.clusterIP()).isEmpty() || type.equals("ExternalName")) {
            return;
        }
        if (spec.clusterIPs().isEmpty() && !"None".equals(spec.clusterIP())) {
            References.ip(spec.clusterIP(), "spec.clusterIPs[0]", errors);
        }
    }

    private static boolean isBalanced(ServiceSpec spec) {
        return "LoadBalancer".equals(spec.type());
    }

    private static void loadBalancer(ServiceSpec spec, String type, FieldErrors errors) {
        boolean balanced = type.equals("LoadBalancer");
        List<String> ranges = spec.loadBalancerSourceRanges();
        if (!ranges.isEmpty() && !balanced) {
            errors.forbidden("spec.loadBalancerSourceRanges", ONLY_BALANCED);
        }
        for (int i = 0; i < ranges.size(); i++) {
            References.cidr(ranges.get(i).strip(), "spec.loadBalancerSourceRanges[" + i + "]", errors);
        }
        if (spec.allocateLoadBalancerNodePorts() != null && !balanced) {
            errors.forbidden("spec.allocateLoadBalancerNodePorts", ONLY_BALANCED);
        }
        if (spec.loadBalancerClass() != null && !balanced) {
            errors.forbidden("spec.loadBalancerClass", ONLY_BALANCED);
        }
        if (spec.loadBalancerClass() != null && balanced) {
            References.format(spec.loadBalancerClass(), Names::qualified, "spec.loadBalancerClass", errors);
        }
    }

    private static void trafficPolicy(ServiceSpec spec, String type, FieldErrors errors) {
        boolean external = type.equals("NodePort")
                || type.equals("LoadBalancer")
                || (type.equals("ClusterIP") && !spec.externalIPs().isEmpty());
        String policy = text(spec.externalTrafficPolicy());
        if (!policy.isEmpty() && !external) {
            errors.invalid("spec.externalTrafficPolicy", policy, "may only be set for externally-accessible services");
        }
        int health = spec.healthCheckNodePort() == null ? 0 : spec.healthCheckNodePort();
        if (health != 0 && !(type.equals("LoadBalancer") && policy.equals("Local"))) {
            errors.invalid(
                    "spec.healthCheckNodePort",
                    health,
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
    }
}
