package io.gantry.scheduler.extender;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.client.tls.ClientTls;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks one extender, in upstream's words (`k8s.io/kube-scheduler/extender/v1`). Calls block until it answers or its
/// time is up; every failure is an [ExtenderException]. Thread-safe.
final class HttpExtender {
    private static final int OK = 200;

    private final ExtenderConfiguration configuration;
    private final HttpClient client;

    HttpExtender(ExtenderConfiguration configuration) {
        this.configuration = configuration;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(configuration.timeout());
        if (configuration.tls().isPresent()) {
            ExtenderConfiguration.Tls tls = configuration.tls().get();
            try {
                builder.sslContext(ClientTls.context(tls.authority(), tls.certificate(), tls.key(), tls.trustAll()));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "tlsConfig of extender " + configuration.urlPrefix() + ": " + e.getMessage(), e);
            }
        }
        this.client = builder.build();
    }

    ExtenderConfiguration configuration() {
        return configuration;
    }

    /// Whether a container of the pod asks for something that the extender manages.
    boolean isInterested(PodInfo pod) {
        return configuration.managedResources().isEmpty()
                || pod.pod().spec().containers().stream().anyMatch(this::isManaged)
                || pod.pod().spec().initContainers().stream().anyMatch(this::isManaged);
    }

    private boolean isManaged(Container container) {
        return container.resources() != null
                && configuration.managedResources().stream()
                        .anyMatch(name -> container.resources().requests().containsKey(name)
                                || container.resources().limits().containsKey(name));
    }

    /// Which nodes are left, and why others are not.
    ///
    /// @param failed reasons by node; removing pods there might help
    /// @param unresolvable reasons by node where it would not
    record Filtered(List<NodeInfo> left, Map<String, String> failed, Map<String, String> unresolvable) {}

    Filtered filter(PodInfo pod, List<NodeInfo> nodes) {
        JsonNode answer = send(configuration.filterVerb(), nodeArguments(pod, nodes));
        fail(answer);
        Map<String, NodeInfo> byName = new HashMap<>();
        nodes.forEach(node -> byName.put(node.name(), node));
        List<NodeInfo> left = new ArrayList<>();
        JsonNode names = field(answer, "NodeNames");
        if (configuration.nodeNamesOnly() && names.isArray()) {
            names.forEach(name -> left.add(known(byName, name.asString(""))));
        } else {
            field(field(answer, "Nodes"), "items")
                    .forEach(node -> left.add(
                            known(byName, node.path("metadata").path("name").asString(""))));
        }
        return new Filtered(
                left, texts(field(answer, "FailedNodes")), texts(field(answer, "FailedAndUnresolvableNodes")));
    }

    private NodeInfo known(Map<String, NodeInfo> nodes, String name) {
        NodeInfo node = nodes.get(name);
        if (node == null) {
            throw new ExtenderException("extender \"" + configuration.urlPrefix() + "\" claims a filtered node \""
                    + name + "\" which is not found in the input node list");
        }
        return node;
    }

    /// Scores by node, as the extender counts.
    Map<String, Long> prioritize(PodInfo pod, List<NodeInfo> nodes) {
        Map<String, Long> scores = new HashMap<>();
        send(configuration.prioritizeVerb(), nodeArguments(pod, nodes))
                .forEach(each -> scores.put(
                        field(each, "Host").asString(""), field(each, "Score").asLong(0)));
        return scores;
    }

    void bind(PodInfo pod, String node) {
        ObjectNode arguments = Json.MAPPER.createObjectNode();
        arguments.put("PodName", pod.name());
        arguments.put("PodNamespace", pod.namespace());
        arguments.put("PodUID", pod.uid());
        arguments.put("Node", node);
        fail(send(configuration.bindVerb(), arguments));
    }

    /// The nodes where it agrees to preempt, each with the pods to be removed there.
    Map<String, Extenders.Victims> preempt(PodInfo pod, Map<String, Extenders.Victims> candidates) {
        ObjectNode arguments = Json.MAPPER.createObjectNode();
        arguments.set("Pod", Json.MAPPER.valueToTree(pod.pod()));
        boolean names = configuration.nodeNamesOnly();
        arguments.putNull(names ? "NodeNameToVictims" : "NodeNameToMetaVictims");
        ObjectNode map = arguments.putObject(names ? "NodeNameToMetaVictims" : "NodeNameToVictims");
        candidates.forEach((node, victims) -> write(map.putObject(node), victims, names));
        Map<String, Extenders.Victims> agreed = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : field(
                        send(configuration.preemptVerb(), arguments), "NodeNameToMetaVictims")
                .properties()) {
            Extenders.Victims offered = Optional.ofNullable(candidates.get(each.getKey()))
                    .orElseThrow(() -> new ExtenderException("extender \"" + configuration.urlPrefix()
                            + "\" preempts on node \"" + each.getKey() + "\", which is no candidate"));
            agreed.put(each.getKey(), chosen(each.getValue(), offered));
        }
        return agreed;
    }

    private static void write(ObjectNode target, Extenders.Victims victims, boolean names) {
        ArrayNode pods = target.putArray("Pods");
        for (PodInfo victim : victims.pods()) {
            pods.add(
                    names
                            ? Json.MAPPER.createObjectNode().put("UID", victim.uid())
                            : Json.MAPPER.valueToTree(victim.pod()));
        }
        target.put("NumPDBViolations", victims.violations());
    }

    private Extenders.Victims chosen(JsonNode answer, Extenders.Victims offered) {
        List<PodInfo> pods = new ArrayList<>();
        for (JsonNode each : field(answer, "Pods")) {
            String uid = field(each, "UID").asString("");
            pods.add(offered.pods().stream()
                    .filter(pod -> pod.uid().equals(uid))
                    .findFirst()
                    .orElseThrow(() -> new ExtenderException("extender: " + configuration.urlPrefix()
                            + " claims to preempt pod (UID: " + uid + "), but the pod is no victim there")));
        }
        return new Extenders.Victims(pods, field(answer, "NumPDBViolations").asInt(0));
    }

    private ObjectNode nodeArguments(PodInfo pod, List<NodeInfo> nodes) {
        ObjectNode arguments = Json.MAPPER.createObjectNode();
        arguments.set("Pod", Json.MAPPER.valueToTree(pod.pod()));
        if (configuration.nodeNamesOnly()) {
            arguments.putNull("Nodes");
            ArrayNode names = arguments.putArray("NodeNames");
            nodes.forEach(node -> names.add(node.name()));
        } else {
            ArrayNode items = arguments.putObject("Nodes").putArray("items");
            nodes.forEach(node -> items.add(Json.MAPPER.<JsonNode>valueToTree(node.node())));
            arguments.putNull("NodeNames");
        }
        return arguments;
    }

    private JsonNode send(String verb, ObjectNode arguments) {
        String url = configuration.urlPrefix().replaceAll("/+$", "") + "/" + verb;
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(configuration.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(arguments)))
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != OK) {
                throw new ExtenderException(
                        "failed " + verb + " with extender at URL " + url + ", code " + response.statusCode());
            }
            return Json.MAPPER.readTree(response.body());
        } catch (IOException | JacksonException e) {
            throw new ExtenderException("Post \"" + url + "\": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExtenderException("Post \"" + url + "\": stopped", e);
        }
    }

    private static void fail(JsonNode answer) {
        String error = field(answer, "Error").asString("");
        if (!error.isEmpty()) {
            throw new ExtenderException(error);
        }
    }

    /// Extenders are written in Go, which reads names whatever their case: so answers differ in it.
    private static JsonNode field(JsonNode object, String name) {
        JsonNode exact = object.path(name);
        if (!exact.isMissingNode()) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (each.getKey().equalsIgnoreCase(name)) {
                return each.getValue();
            }
        }
        return exact;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asString("")));
        return texts;
    }
}
