package io.gantry.apiserver.audit;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.authn.Identity;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.objects.Trees;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Builds `Event`s of `audit.k8s.io/v1`, without kind and version. Pure.
final class AuditEvents {
    /// The fields of a reference, in upstream's order.
    private static final List<String> REFERENCE =
            List.of("resource", "namespace", "name", "uid", "apiGroup", "apiVersion", "resourceVersion", "subresource");

    private AuditEvents() {}

    /// What is known when a request has come.
    static ObjectNode of(
            AuditRule rule,
            String id,
            Request request,
            Attributes attributes,
            Optional<Identity.Impersonator> impersonator,
            Instant received) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("level", rule.level().text()).put("auditID", id).put("stage", "");
        String query = request.head().query().raw();
        event.put("requestURI", request.head().rawPath() + (query.isEmpty() ? "" : "?" + query));
        event.put("verb", attributes.verb());
        user(
                event.putObject("user"),
                impersonator.map(Identity.Impersonator::user).orElse(attributes.user()));
        if (impersonator.isPresent()) {
            user(event.putObject("impersonatedUser"), attributes.user());
            String constraint = impersonator.get().constraint();
            if (!constraint.isEmpty()) {
                event.putObject("authenticationMetadata").put("impersonationConstraint", constraint);
            }
        }
        sources(request).forEach(event.putArray("sourceIPs")::add);
        request.head().header("user-agent").ifPresent(agent -> event.put("userAgent", agent));
        if (attributes.resourceRequest()) {
            reference(event.putObject("objectRef"), attributes);
        }
        event.put("requestReceivedTimestamp", micros(received));
        return event;
    }

    private static void user(ObjectNode tree, UserInfo user) {
        put(tree, "username", user.name());
        put(tree, "uid", user.uid());
        if (!user.groups().isEmpty()) {
            user.groups().forEach(tree.putArray("groups")::add);
        }
        if (!user.extra().isEmpty()) {
            ObjectNode extra = tree.putObject("extra");
            user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
        }
    }

    private static List<String> sources(Request request) {
        String forwarded = request.head().header("x-forwarded-for").orElse("");
        String remote = request.head().remote().getAddress() == null
                ? request.head().remote().getHostString()
                : request.head().remote().getAddress().getHostAddress();
        return forwarded.isEmpty()
                ? List.of(remote)
                : Stream.concat(Arrays.stream(forwarded.split(",")).map(String::strip), Stream.of(remote))
                        .distinct()
                        .toList();
    }

    private static void reference(ObjectNode tree, Attributes attributes) {
        put(tree, "resource", attributes.resource());
        put(tree, "namespace", attributes.namespace());
        put(tree, "name", attributes.name());
        put(tree, "apiGroup", attributes.group());
        put(tree, "apiVersion", attributes.version());
        put(tree, "subresource", attributes.subresource());
    }

    private static void put(ObjectNode tree, String field, String value) {
        if (!value.isEmpty()) {
            tree.put(field, value);
        }
    }

    /// A time as MicroTime is written.
    static String micros(Instant time) {
        String text = time.truncatedTo(ChronoUnit.MICROS).toString();
        int dot = text.indexOf('.');
        String fraction = dot < 0 ? "" : text.substring(dot + 1, text.length() - 1);
        String whole = dot < 0 ? text.substring(0, text.length() - 1) : text.substring(0, dot);
        return whole + "." + (fraction + "000000").substring(0, 6) + "Z";
    }

    /// Says in a reference what the path of a request does not: the names of what is created.
    static void identify(ObjectNode reference, JsonNode metadata) {
        ObjectNode known = reference.deepCopy();
        for (String field : List.of("namespace", "name", "uid", "resourceVersion")) {
            if (!known.has(field)) {
                put(known, field, metadata.path(field).asString(""));
            }
        }
        reference.removeAll();
        REFERENCE.stream().filter(known::has).forEach(field -> reference.set(field, known.get(field)));
    }

    /// The body of a patch; empty where it cannot be read.
    static Optional<JsonNode> patch(Request request, boolean withoutManagedFields) {
        boolean yaml = request.head().header("content-type").orElse("").contains("yaml");
        if (!yaml) {
            return body(request.body(), withoutManagedFields);
        }
        try {
            return Optional.of(shown(Bodies.yaml(request.body()).tree(), withoutManagedFields));
        } catch (StatusException unreadable) {
            return Optional.empty();
        }
    }

    /// The body of an answer or a patch where it is JSON; empty otherwise.
    static Optional<JsonNode> body(byte[] bytes, boolean withoutManagedFields) {
        if (bytes.length == 0 || bytes[0] != '{' && bytes[0] != '[') {
            return Optional.empty();
        }
        try {
            return Optional.of(shown(Json.MAPPER.readTree(bytes), withoutManagedFields));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// The same tree as it may be logged.
    static JsonNode shown(JsonNode tree, boolean withoutManagedFields) {
        if (withoutManagedFields) {
            strip(tree);
            tree.path("items").forEach(AuditEvents::strip);
        }
        return tree;
    }

    private static void strip(JsonNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
    }

    /// `responseStatus`: of a failure what its Status says.
    static ObjectNode status(int code, byte[] body) {
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.putObject("metadata");
        Optional<JsonNode> answer = code >= 400 ? body(body, false) : Optional.empty();
        answer.filter(tree -> Trees.text(tree, "kind").equals("Status"))
                .ifPresent(tree -> tree.properties().forEach(field -> {
                    if (!List.of("kind", "apiVersion", "metadata").contains(field.getKey())) {
                        status.set(field.getKey(), field.getValue());
                    }
                }));
        return status.put("code", code);
    }

    static void annotations(ObjectNode event, Map<String, String> annotations, AuditLevel level) {
        if (annotations.isEmpty()) {
            return;
        }
        ObjectNode tree = Json.MAPPER.createObjectNode();
        new TreeMap<>(annotations).forEach((key, value) -> {
            boolean patch = key.startsWith("patch.webhook.admission.k8s.io/");
            if (!patch || level.atLeast(AuditLevel.REQUEST)) {
                tree.put(key, value);
            }
        });
        event.set("annotations", tree);
    }
}
