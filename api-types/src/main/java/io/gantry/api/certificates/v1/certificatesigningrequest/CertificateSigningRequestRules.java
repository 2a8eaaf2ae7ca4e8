package io.gantry.api.certificates.v1.certificatesigningrequest;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of CertificateSigningRequests (upstream `pkg/apis/certificates/validation`). Who requests is written by the
/// API server.
public final class CertificateSigningRequestRules implements KindRules<CertificateSigningRequest> {
    private static final int MIN_SECONDS = 600;

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status");
    }

    /// The request itself never changes after it was made.
    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        Trees.restore(object, old, "spec");
    }

    /// Decisions stay as they were made, whatever is said of them.
    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        RequestConditionRules.keepDecisions(
                object.path("status").path("conditions"), old.path("status").path("conditions"));
    }

    @Override
    public void validate(CertificateSigningRequest object, FieldErrors errors) {
        CertificateSigningRequestSpec spec = object.spec();
        request(text(spec.request()), errors);
        if (spec.usages().isEmpty()) {
            errors.required("spec.usages", "usages must contain at least one value");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spec.usages().size(); i++) {
            if (!seen.add(spec.usages().get(i))) {
                errors.duplicate("spec.usages[" + i + "]", spec.usages().get(i));
            }
        }
        signerName(text(spec.signerName()), errors);
        if (spec.expirationSeconds() != null && spec.expirationSeconds() < MIN_SECONDS) {
            errors.invalid(
                    "spec.expirationSeconds",
                    spec.expirationSeconds(),
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    @Override
    public boolean checksStatus() {
        return true;
    }

    @Override
    public void validateStatusUpdate(
            CertificateSigningRequest object, CertificateSigningRequest old, FieldErrors errors) {
        RequestConditionRules.check(object.status().conditions(), old.status().conditions(), false, errors);
        String issued = text(old.status().certificate());
        if (!issued.isEmpty() && !issued.equals(text(object.status().certificate()))) {
            errors.forbidden("status.certificate", "updates may not modify existing certificate content");
        }
    }

    @Override
    public void validateSubresourceUpdate(
            String subresource, CertificateSigningRequest object, CertificateSigningRequest old, FieldErrors errors) {
        RequestConditionRules.check(
                object.status().conditions(), old.status().conditions(), subresource.equals("approval"), errors);
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("spec.signerName");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return Map.of("spec.signerName", object.path("spec").path("signerName").asString(""));
    }

    private static void request(String request, FieldErrors errors) {
        if (request.isEmpty()) {
            errors.required("spec.request", "");
            return;
        }
        String pem = new String(Base64.getDecoder().decode(request), StandardCharsets.UTF_8);
        if (!pem.contains("-----BEGIN CERTIFICATE REQUEST-----")
                && !pem.contains("-----BEGIN NEW CERTIFICATE REQUEST-----")) {
            errors.invalid("spec.request", request, "PEM block type must be CERTIFICATE REQUEST");
        }
    }

    private static void signerName(String name, FieldErrors errors) {
        String path = "spec.signerName";
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        int slash = name.indexOf('/');
        if (slash <= 0 || slash != name.lastIndexOf('/') || slash == name.length() - 1) {
            errors.invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        String domain = name.substring(0, slash);
        Names.subdomain(domain).forEach(m -> errors.invalid(path, domain, "validating label \"" + domain + "\": " + m));
        if (!domain.contains(".")) {
            errors.invalid(path, domain, "should be a domain with at least two segments separated by dots");
        }
    }
}
