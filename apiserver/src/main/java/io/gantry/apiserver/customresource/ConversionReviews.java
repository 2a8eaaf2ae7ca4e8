package io.gantry.apiserver.customresource;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.ObjectMetaRules;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.webhook.ClientConfig;
import io.gantry.apiserver.webhook.WebhookClient;
import io.gantry.apiserver.webhook.WebhookException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Converts by `ConversionReview` (upstream `pkg/apiserver/conversion/webhook_converter.go`). Blocks.
final class ConversionReviews implements WebhookConversion.ConversionWebhook {
    private static final String GROUP = "apiextensions.k8s.io/";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> KNOWN = List.of("v1", "v1beta1");

    private final Supplier<WebhookClient> client;
    private final ClientConfig config;
    private final List<String> versions;

    /// @param conversion `spec.conversion` of the definition
    ConversionReviews(Supplier<WebhookClient> client, JsonNode conversion) {
        this.client = client;
        this.config = ClientConfig.of(conversion.path("webhook").path("clientConfig"));
        this.versions = Trees.texts(conversion, "webhook", "conversionReviewVersions");
    }

    @Override
    public List<ObjectNode> convert(List<ObjectNode> objects, String apiVersion) {
        ObjectNode first = objects.getFirst();
        String what =
                "conversion webhook for " + Trees.text(first, "apiVersion") + ", Kind=" + Trees.text(first, "kind");
        String version = versions.stream()
                .filter(KNOWN::contains)
                .findFirst()
                .orElseThrow(() -> failed("no supported conversion review versions"));
        String uid = UUID.randomUUID().toString();
        JsonNode response;
        try {
            ObjectNode answer = client.get().call(config, review(version, uid, objects, apiVersion), TIMEOUT);
            response = answered(answer, version, uid);
        } catch (WebhookException | IllegalArgumentException e) {
            throw failed(what + " failed: " + e.getMessage());
        }
        JsonNode converted = response.path("convertedObjects");
        if (converted.size() != objects.size()) {
            throw failed(what + " returned " + converted.size() + " objects, expected " + objects.size());
        }
        List<ObjectNode> all = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            try {
                all.add(checked(objects.get(i), converted.get(i), apiVersion));
            } catch (IllegalArgumentException e) {
                throw failed(what + " returned invalid converted object at index " + i + ": " + e.getMessage());
            }
        }
        return all;
    }

    private static ObjectNode review(String version, String uid, List<ObjectNode> objects, String apiVersion) {
        ObjectNode review = Json.MAPPER.createObjectNode();
        review.put("kind", "ConversionReview").put("apiVersion", GROUP + version);
        ObjectNode request = review.putObject("request");
        request.put("uid", uid).put("desiredAPIVersion", apiVersion);
        ArrayNode array = request.putArray("objects");
        objects.forEach(array::add);
        return review;
    }

    /// @throws IllegalArgumentException when the answer does not say success
    private static JsonNode answered(ObjectNode answer, String version, String uid) {
        JsonNode response = answer.path("response");
        String apiVersion = Trees.text(answer, "apiVersion");
        String kind = Trees.text(answer, "kind");
        boolean strict = version.equals("v1");
        if (strict && !(apiVersion.equals(GROUP + version) && kind.equals("ConversionReview"))) {
            throw new IllegalArgumentException("expected webhook response of " + GROUP + version
                    + ", Kind=ConversionReview, got " + apiVersion + ", Kind=" + kind);
        }
        if (!response.isObject()) {
            throw new IllegalArgumentException("no response provided");
        }
        if (strict && !Trees.text(response, "uid").equals(uid)) {
            throw new IllegalArgumentException(
                    "expected response.uid=\"" + uid + "\", got \"" + Trees.text(response, "uid") + "\"");
        }
        String status = Trees.text(response, "result", "status");
        if (!status.equals("Success")) {
            String message = Trees.text(response, "result", "message");
            throw new IllegalArgumentException(
                    message.isEmpty() ? "response.result.status was '" + status + "', not 'Success'" : message);
        }
        return response;
    }

    private static ObjectNode checked(ObjectNode original, JsonNode node, String apiVersion) {
        if (!(node instanceof ObjectNode converted)) {
            throw new IllegalArgumentException("not an object");
        }
        same("invalid groupVersion (expected %s, received %s)", apiVersion, Trees.text(converted, "apiVersion"));
        same("invalid kind (expected %s, received %s)", Trees.text(original, "kind"), Trees.text(converted, "kind"));
        for (String field : List.of("name", "namespace", "uid")) {
            String shown = field.equals("uid") ? "UID" : field;
            same(
                    "must have the same " + shown + ": %s != %s",
                    Trees.text(original, "metadata", field),
                    Trees.text(converted, "metadata", field));
        }
        restore(original, converted);
        return converted;
    }

    private static void same(String message, String expected, String found) {
        if (!expected.equals(found)) {
            throw new IllegalArgumentException(message.formatted(expected, found));
        }
    }

    /// Metadata is the original's; only labels and annotations may be converted.
    private static void restore(ObjectNode original, ObjectNode converted) {
        JsonNode given = converted.path("metadata");
        ObjectNode metadata = (ObjectNode) original.path("metadata").deepCopy();
        for (String field : List.of("labels", "annotations")) {
            JsonNode value = given.path(field);
            if (value.isObject()) {
                metadata.set(field, value);
            } else {
                metadata.remove(field);
            }
        }
        FieldErrors errors = new FieldErrors();
        if (!metadata.path("labels").equals(original.path("metadata").path("labels"))) {
            ObjectMetaRules.labels(metadata.path("labels"), "metadata.labels", errors);
        }
        if (!metadata.path("annotations").equals(original.path("metadata").path("annotations"))) {
            ObjectMetaRules.annotations(metadata.path("annotations"), "metadata.annotation", errors);
        }
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(String.join(
                    ", ", errors.all().stream().map(Object::toString).toList()));
        }
        converted.set("metadata", metadata);
    }

    private static StatusException failed(String message) {
        return StatusException.of(500, "", message, null);
    }
}
