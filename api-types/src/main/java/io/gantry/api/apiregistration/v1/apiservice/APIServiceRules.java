package io.gantry.api.apiregistration.v1.apiservice;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import tools.jackson.databind.node.ObjectNode;

/// Rules of APIServices (upstream `kube-aggregator/pkg/apis/apiregistration/validation`).
public final class APIServiceRules implements KindRules<APIService> {
    private static final int MAX_GROUP_PRIORITY = 20000;
    private static final int MAX_VERSION_PRIORITY = 1000;

    /// What this server serves itself is available from the first moment.
    @Override
    public void prepareForCreate(ObjectNode object) {
        if (object.path("spec").path("service").isObject()) {
            return;
        }
        object.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Available")
                .put("status", "True")
                .put(
                        "lastTransitionTime",
                        object.path("metadata").path("creationTimestamp").asString(""))
                .put("reason", "Local")
                .put("message", "Local APIServices are always available");
    }

    @Override
    public void validate(APIService object, FieldErrors errors) {
        APIServiceSpec spec = object.spec();
        String wanted = text(spec.version()) + "." + text(spec.group());
        String name = text(object.metadata().name());
        if (!name.equals(wanted)) {
            errors.invalid("metadata.name", name, "must be `spec.version+\".\"+spec.group`: \"" + wanted + "\"");
        }
        References.optional(spec.group(), Names::subdomain, "spec.group", errors);
        References.format(spec.version(), Names::label1035, "spec.version", errors);
        between(spec.groupPriorityMinimum(), MAX_GROUP_PRIORITY, "spec.groupPriorityMinimum", errors);
        between(spec.versionPriority(), MAX_VERSION_PRIORITY, "spec.versionPriority", errors);
        service(spec, errors);
    }

    private static void service(APIServiceSpec spec, FieldErrors errors) {
        boolean insecure = Boolean.TRUE.equals(spec.insecureSkipTLSVerify());
        if (spec.service() == null) {
            if (!text(spec.caBundle()).isEmpty()) {
                errors.invalid(
                        "spec.caBundle",
                        text(spec.caBundle()).length() + " bytes",
                        "local APIServices may not have a caBundle");
            }
            if (insecure) {
                errors.invalid(
                        "spec.insecureSkipTLSVerify", true, "local APIServices may not have insecureSkipTLSVerify");
            }
            return;
        }
        References.required(spec.service().namespace(), "spec.service.namespace", errors);
        References.required(spec.service().name(), "spec.service.name", errors);
        Integer port = spec.service().port();
        if (port != null) {
            TextForms.portNumber(port)
                    .forEach(m -> errors.invalid("spec.service.port", port, "port is not valid: " + m));
        }
        if (insecure && !text(spec.caBundle()).isEmpty()) {
            errors.invalid("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present");
        }
    }

    private static void between(Integer value, int max, String path, FieldErrors errors) {
        int given = value == null ? 0 : value;
        if (given <= 0 || given > max) {
            errors.invalid(path, given, "must be positive and less than " + max);
        }
    }
}
