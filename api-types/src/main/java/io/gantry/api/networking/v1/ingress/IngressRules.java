package io.gantry.api.networking.v1.ingress;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.BalancerAddresses;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Rules of Ingresses (upstream `pkg/apis/networking/validation`).
public final class IngressRules implements KindRules<Ingress> {
    private static final String OLD_CLASS = "kubernetes.io/ingress.class";
    private static final List<String> PATH_TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> INVALID_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> INVALID_SUFFIXES = List.of("/..", "/.");

    @Override
    public List<String> createWarnings(Ingress object) {
        return object.metadata().annotations().containsKey(OLD_CLASS)
                        && object.spec().ingressClassName() == null
                ? List.of("annotation \"" + OLD_CLASS + "\" is deprecated, please use 'spec.ingressClassName' instead")
                : List.of();
    }

    @Override
    public void validate(Ingress object, FieldErrors errors) {
        IngressSpec spec = object.spec();
        if (spec.rules().isEmpty() && spec.defaultBackend() == null) {
            errors.invalid("spec", spec.rules(), "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.defaultBackend() != null) {
            backend(spec.defaultBackend(), "spec.defaultBackend", errors);
        }
        for (int i = 0; i < spec.rules().size(); i++) {
            rule(spec.rules().get(i), "spec.rules[" + i + "]", errors);
        }
        for (int i = 0; i < spec.tls().size(); i++) {
            tls(spec.tls().get(i), "spec.tls[" + i + "]", errors);
        }
        References.present(spec.ingressClassName(), Names::subdomain, "spec.ingressClassName", errors);
    }

    private static void tls(IngressTLS tls, String at, FieldErrors errors) {
        for (int h = 0; h < tls.hosts().size(); h++) {
            host(tls.hosts().get(h), at + ".hosts[" + h + "]", errors);
        }
        References.optional(tls.secretName(), Names::subdomain, at + ".secretName", errors);
    }

    private static void rule(IngressRule rule, String at, FieldErrors errors) {
        String host = text(rule.host());
        if (!host.isEmpty()) {
            if (References.isIp(host)) {
                errors.invalid(at + ".host", host, "must be a DNS name, not an IP address");
            }
            host(host, at + ".host", errors);
        }
        if (rule.http() == null) {
            return;
        }
        List<HTTPIngressPath> paths = rule.http().paths();
        if (paths.isEmpty()) {
            errors.required(at + ".http.paths", "");
        }
        for (int i = 0; i < paths.size(); i++) {
            path(paths.get(i), at + ".http.paths[" + i + "]", errors);
        }
    }

    private static void host(String host, String path, FieldErrors errors) {
        if (host.contains("*")) {
            References.format(host, TextForms::wildcardDnsSubdomain, path, errors);
        } else {
            References.format(host, Names::subdomain, path, errors);
        }
    }

    private static void path(HTTPIngressPath path, String at, FieldErrors errors) {
        String type = text(path.pathType());
        String value = text(path.path());
        switch (type) {
            case "" -> errors.required(at + ".pathType", "pathType must be specified");
            case "Exact", "Prefix" -> fixedPath(value, at + ".path", errors);
            case "ImplementationSpecific" -> {
                if (!value.isEmpty() && !value.startsWith("/")) {
                    errors.invalid(at + ".path", value, "must be an absolute path");
                }
            }
            default -> errors.notSupported(at + ".pathType", type, PATH_TYPES);
        }
        if (path.backend() != null) {
            backend(path.backend(), at + ".backend", errors);
        }
    }

    private static void fixedPath(String value, String path, FieldErrors errors) {
        if (!value.startsWith("/")) {
            errors.invalid(path, value, "must be an absolute path");
        }
        for (String sequence : INVALID_SEQUENCES) {
            if (value.contains(sequence)) {
                errors.invalid(path, value, "must not contain '" + sequence + "'");
            }
        }
        for (String suffix : INVALID_SUFFIXES) {
            if (value.endsWith(suffix)) {
                errors.invalid(path, value, "cannot end with '" + suffix + "'");
            }
        }
    }

    private static void backend(IngressBackend backend, String path, FieldErrors errors) {
        if (backend.resource() != null && backend.service() != null) {
            errors.invalid(path, "", "cannot set both resource and service backends");
        } else if (backend.resource() != null) {
            References.present(backend.resource().apiGroup(), Names::subdomain, path + ".resource.apiGroup", errors);
            References.requiredFormat(backend.resource().kind(), Names::pathSegment, path + ".resource.kind", errors);
            References.requiredFormat(backend.resource().name(), Names::pathSegment, path + ".resource.name", errors);
        } else if (backend.service() != null) {
            service(backend.service(), path + ".service", path, errors);
        } else {
            errors.invalid(path, "", "resource or service backend is required");
        }
    }

    private static void service(IngressServiceBackend service, String at, String parent, FieldErrors errors) {
        References.requiredFormat(service.name(), Names::label, at + ".name", errors);
        @Nullable ServiceBackendPort port = service.port();
        String name = port == null ? "" : text(port.name());
        int number = port == null || port.number() == null ? 0 : port.number();
        if (!name.isEmpty() && number != 0) {
            errors.invalid(parent, "", "cannot set both port name & port number");
        } else if (!name.isEmpty()) {
            References.format(name, TextForms::portName, at + ".port.name", errors);
        } else if (number != 0) {
            Numbers.port(number, at + ".port.number", errors);
        } else {
            errors.required(parent, "port name or number is required");
        }
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        BalancerAddresses.ofIngress(object, old, errors);
    }
}
