package io.gantry.apiserver.webhook;

import io.gantry.api.Json;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionRequests;
import io.gantry.apiserver.objects.Trees;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes and reads `AdmissionReview`, in v1 and v1beta1. Pure but for the uid.
final class AdmissionReviews {
    private static final String GROUP = "admission.k8s.io/";

    private AdmissionReviews() {}

    /// What a webhook answered.
    ///
    /// @param status the `status` of a refusal, missing without
    /// @param patch of JSON patch operations, empty without
    record Verdict(
            boolean allowed,
            JsonNode status,
            Optional<JsonNode> patch,
            List<String> warnings,
            JsonNode auditAnnotations) {}

    /// A review of a request.
    ///
    /// @param object and `old`: in the version of the invocation
    static ObjectNode request(
            Invocation invocation, AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        ObjectNode review = Json.MAPPER.createObjectNode();
        review.put("kind", "AdmissionReview");
        review.put("apiVersion", GROUP + invocation.hook().reviewVersion());
        ObjectNode request = review.putObject("request");
        request.put("uid", UUID.randomUUID().toString());
        kinds(request, invocation, attributes, object.isEmpty() ? old.orElse(object) : object);
        AdmissionRequests.describe(request, attributes);
        set(request, "object", object.isEmpty() ? Optional.empty() : Optional.of(object));
        set(request, "oldObject", old);
        request.put("dryRun", attributes.dryRun());
        set(request, "options", options(attributes));
        return review;
    }

    private static void kinds(
            ObjectNode request, Invocation invocation, AdmissionAttributes attributes, ObjectNode shown) {
        String[] requested = groupVersion(shown, attributes);
        String kind = Trees.text(shown, "kind").isEmpty() ? attributes.kind() : Trees.text(shown, "kind");
        // The object is in the invocation's version already; the request's own kind has the request's version.
        String group = invocation.group(attributes);
        String version = invocation.version(attributes);
        AdmissionRequests.triple(request.putObject("kind"), requested[0], requested[1], "kind", kind);
        AdmissionRequests.triple(
                request.putObject("resource"), group, version, "resource", invocation.plural(attributes));
        boolean other = invocation.resource().isPresent();
        AdmissionRequests.triple(
                request.putObject("requestKind"),
                other ? attributes.group() : requested[0],
                other ? attributes.version() : requested[1],
                "kind",
                other ? attributes.kind() : kind);
        AdmissionRequests.triple(
                request.putObject("requestResource"),
                attributes.group(),
                attributes.version(),
                "resource",
                attributes.resource());
    }

    private static String[] groupVersion(ObjectNode object, AdmissionAttributes attributes) {
        String apiVersion = Trees.text(object, "apiVersion");
        if (apiVersion.isEmpty()) {
            return new String[] {attributes.group(), attributes.version()};
        }
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new String[] {"", apiVersion}
                : new String[] {apiVersion.substring(0, slash), apiVersion.substring(slash + 1)};
    }

    /// A connection has none: its options are its object.
    private static Optional<ObjectNode> options(AdmissionAttributes attributes) {
        return attributes.operation() == AdmissionAttributes.Operation.CONNECT
                ? Optional.empty()
                : Optional.of(AdmissionRequests.options(attributes));
    }

    private static void set(ObjectNode tree, String field, Optional<ObjectNode> value) {
        if (value.isPresent()) {
            tree.set(field, value.get());
        } else {
            tree.putNull(field);
        }
    }

    /// Checks an answer against its request. In v1beta1 an answer need not say what it is, as upstream's.
    ///
    /// @throws WebhookException when it is none
    static Verdict verdict(ObjectNode review, ObjectNode answer, boolean mutating) throws WebhookException {
        String version = Trees.text(review, "apiVersion");
        boolean current = version.endsWith("/v1");
        boolean named = Trees.text(answer, "apiVersion").equals(version)
                && Trees.text(answer, "kind").equals("AdmissionReview");
        if (current && !named) {
            throw invalid("expected webhook response of " + version + ", Kind=AdmissionReview, got "
                    + Trees.text(answer, "apiVersion") + ", Kind=" + Trees.text(answer, "kind"));
        }
        if (!(answer.get("response") instanceof ObjectNode response)) {
            throw invalid("webhook response was absent");
        }
        String uid = Trees.text(review, "request", "uid");
        if (current && !Trees.text(response, "uid").equals(uid)) {
            throw invalid("expected response.uid=\"" + uid + "\", got \"" + Trees.text(response, "uid") + "\"");
        }
        return new Verdict(
                Trees.flag(response, "allowed"),
                response.path("status"),
                patch(response, mutating, current),
                Trees.texts(response, "warnings"),
                response.path("auditAnnotations"));
    }

    private static Optional<JsonNode> patch(ObjectNode response, boolean mutating, boolean current)
            throws WebhookException {
        String patch = Trees.text(response, "patch");
        String type = Trees.text(response, "patchType");
        if (!mutating) {
            if (current && !(patch.isEmpty() && type.isEmpty())) {
                throw invalid("validating webhook may not return response.patch or response.patchType");
            }
            return Optional.empty();
        }
        if (patch.isEmpty()) {
            return Optional.empty();
        }
        if (current && !type.equals("JSONPatch")) {
            throw invalid("webhook returned response.patch but not response.patchType JSONPatch, got \"" + type + "\"");
        }
        try {
            return Optional.of(Json.MAPPER.readTree(Base64.getDecoder().decode(patch)));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new WebhookException("received undecodable patch in webhook response: " + e.getMessage(), false);
        }
    }

    private static WebhookException invalid(String why) {
        return new WebhookException("received invalid webhook response: " + why, false);
    }
}
