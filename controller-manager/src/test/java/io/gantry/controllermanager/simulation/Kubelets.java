package io.gantry.controllermanager.simulation;

import io.gantry.api.Json;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.http.Call;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Kubelets that do the least: pods run where they fit, end, and go when they are told to. They see the API as it is.
final class Kubelets {
    /// Annotation: the pod's containers do not end by themselves.
    static final String ENDLESS = "simulation/endless";

    private static final int FAILED_PERCENT = 15;
    private static final Duration RENEW = Duration.ofSeconds(20);
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

    private final MemoryApi api;
    private final Clock clock;
    private final SplittableRandom random;

    /// Nodes whose kubelets have stopped.
    private final Set<String> down = new TreeSet<>();

    private final Map<String, Instant> renewed = new TreeMap<>();

    /// How pods of Jobs ended, by pod uid: the truth that the Jobs' counts are compared with.
    private final Map<String, String> endings = new LinkedHashMap<>();

    Kubelets(MemoryApi api, Clock clock, SplittableRandom random) {
        this.api = api;
        this.clock = clock;
        this.random = random;
    }

    /// `job-uid Phase` by pod uid.
    Map<String, String> endings() {
        return endings;
    }

    /// The kubelet stops; its node and pods stay as they are.
    void fail(String node) {
        down.add(node);
    }

    void recover(String node) {
        down.remove(node);
    }

    /// Does one thing; false when there is nothing to do.
    ///
    /// @param mayWait whether running pods of Jobs may go on
    boolean step(boolean mayWait) {
        List<Runnable> open = new ArrayList<>();
        for (ObjectNode pod : api.all(PodKind.KIND)) {
            open(pod, mayWait).ifPresent(open::add);
        }
        for (ObjectNode node : api.all(NodeKind.KIND)) {
            if (down.contains(name(node))) {
                continue;
            }
            heartbeat(node).ifPresent(open::add);
            String wanted = annotation(node, "volumes.gantry.io/remove");
            if (!wanted.equals(annotation(node, "volumes.gantry.io/removed"))) {
                open.add(() -> patch(
                        "/api/v1/nodes/" + name(node),
                        Map.of("metadata", Map.of("annotations", Map.of("volumes.gantry.io/removed", wanted)))));
            }
        }
        if (open.isEmpty()) {
            return false;
        }
        open.get(random.nextInt(open.size())).run();
        return true;
    }

    private Optional<Runnable> heartbeat(ObjectNode node) {
        String name = name(node);
        if (!isReady(node)) {
            return Optional.of(() -> tellReady(name));
        }
        Instant next = renewed.getOrDefault(name, Instant.EPOCH).plus(RENEW);
        return clock.instant().isBefore(next) ? Optional.empty() : Optional.of(() -> renew(name));
    }

    private static boolean isReady(ObjectNode object) {
        return object.path("status")
                .path("conditions")
                .valueStream()
                .anyMatch(c -> c.path("type").asString("").equals("Ready")
                        && c.path("status").asString("").equals("True"));
    }

    private void tellReady(String node) {
        String now = clock.instant().toString();
        patch(
                "/api/v1/nodes/" + node + "/status",
                Map.of(
                        "status",
                        Map.of(
                                "conditions",
                                List.of(Map.of(
                                        "type",
                                        "Ready",
                                        "status",
                                        "True",
                                        "lastHeartbeatTime",
                                        now,
                                        "lastTransitionTime",
                                        now)))));
    }

    private void renew(String node) {
        renewed.put(node, clock.instant());
        Map<String, Object> spec =
                Map.of("holderIdentity", node, "renewTime", clock.instant().toString());
        if (api.find(LeaseKind.KIND, "kube-node-lease", node).isPresent()) {
            patch(LEASES + "/" + node, Map.of("spec", spec));
        } else {
            call("POST", LEASES, Map.of("metadata", Map.of("name", node), "spec", spec));
        }
    }

    private boolean isAlive(String node) {
        return !down.contains(node) && api.find(NodeKind.KIND, "", node).isPresent();
    }

    private Optional<Runnable> open(ObjectNode pod, boolean mayWait) {
        boolean going = pod.path("metadata").has("deletionTimestamp");
        boolean assigned = pod.path("spec").has("nodeName");
        String phase = pod.path("status").path("phase").asString("Pending");
        boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
        if (!assigned || !isAlive(pod.path("spec").path("nodeName").asString(""))) {
            return Optional.empty();
        }
        if (going) {
            boolean held = ended
                    && pod.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0;
            return held ? Optional.empty() : Optional.of(() -> stop(pod, ended));
        }
        if (ended) {
            return Optional.empty();
        }
        if (phase.equals("Pending")) {
            return Optional.of(() -> admit(pod));
        }
        if (phase.equals("Running") && !isReady(pod)) {
            return Optional.of(() -> start(pod));
        }
        boolean ends = !pod.path("spec").path("restartPolicy").asString("").equals("Always")
                && annotation(pod, ENDLESS).isEmpty();
        return ends && (!mayWait || random.nextInt(4) == 0) ? Optional.of(() -> end(pod)) : Optional.empty();
    }

    /// A pod that does not fit is refused, whatever the scheduler thought.
    private void admit(ObjectNode pod) {
        String node = pod.path("spec").path("nodeName").asString("");
        long taken = api.all(PodKind.KIND).stream()
                .filter(p -> p.path("spec").path("nodeName").asString("").equals(node))
                .filter(p -> p.path("status").path("phase").asString("").equals("Running"))
                .mapToLong(FinalScheduling::millis)
                .sum();
        if (taken + FinalScheduling.millis(pod) > FinalScheduling.NODE_MILLIS) {
            status(pod, "Failed", terminated());
        } else {
            start(pod);
        }
    }

    private void start(ObjectNode pod) {
        status(pod, "Running", Map.of());
    }

    private void end(ObjectNode pod) {
        status(pod, random.nextInt(100) < FAILED_PERCENT ? "Failed" : "Succeeded", terminated());
    }

    private void stop(ObjectNode pod, boolean ended) {
        if (!ended && !pod.path("spec").path("restartPolicy").asString("").equals("Always")) {
            status(pod, "Failed", terminated());
        }
        call("DELETE", path("pods", namespace(pod), name(pod)), Map.of("gracePeriodSeconds", 0));
    }

    private Map<String, Object> terminated() {
        return Map.of(
                "terminated",
                Map.of("exitCode", 1, "finishedAt", clock.instant().toString()));
    }

    private void status(ObjectNode pod, String phase, Map<String, Object> state) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", "c");
        container.put("state", state);
        String ready = phase.equals("Running") ? "True" : "False";
        Map<String, Object> condition = Map.of(
                "type",
                "Ready",
                "status",
                ready,
                "lastTransitionTime",
                clock.instant().toString());
        patch(
                path("pods", namespace(pod), name(pod)) + "/status",
                Map.of(
                        "status",
                        Map.of(
                                "phase",
                                phase,
                                "podIP",
                                address(pod),
                                "conditions",
                                List.of(condition),
                                "containerStatuses",
                                List.of(container))));
        if (!phase.equals("Running")) {
            JsonNode owner = pod.at("/metadata/ownerReferences/0/uid");
            endings.put(pod.path("metadata").path("uid").asString(), owner.asString("") + " " + phase);
        }
    }

    /// Each pod has its own.
    private static String address(ObjectNode pod) {
        int number =
                Integer.parseInt(pod.path("metadata").path("uid").asString("").replace("uid-", ""));
        return "10.0." + number / 250 + "." + number % 250;
    }

    private void patch(String path, Map<String, Object> body) {
        api.send(new Call(
                "PATCH",
                path,
                Map.of("Content-Type", "application/strategic-merge-patch+json"),
                Json.MAPPER.writeValueAsBytes(body),
                Duration.ZERO,
                Call.Shape.WHOLE));
    }

    private void call(String method, String path, Map<String, Object> body) {
        api.send(
                new Call(method, path, Map.of(), Json.MAPPER.writeValueAsBytes(body), Duration.ZERO, Call.Shape.WHOLE));
    }

    private static String path(String plural, String namespace, String name) {
        return "/api/v1/namespaces/" + namespace + "/" + plural + "/" + name;
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asString("");
    }

    private static String annotation(ObjectNode object, String key) {
        return object.path("metadata").path("annotations").path(key).asString("");
    }
}
