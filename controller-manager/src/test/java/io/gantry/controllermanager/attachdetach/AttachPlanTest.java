package io.gantry.controllermanager.attachdetach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttachPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    /// @param scene words: `pod:NODE[:NAMESPACE]`, `va:NODE:STATE`, `expected:NODE`, `node:NODE[:FACT…]`, `shared`,
    ///     `since:NODE:SECONDS`
    record Case(String name, String scene, List<String> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> steps() {
        return Stream.of(
                new Case("nobody wants it", "node:a", List.of()),
                new Case("a pod wants it", "pod:a node:a", List.of("attach a")),
                new Case("its node is gone", "pod:a", List.of()),
                new Case("not yet seen in the cache", "pod:a node:a expected:a", List.of()),
                new Case("being attached", "pod:a node:a va:a:new", List.of()),
                new Case("attached", "pod:a node:a va:a:attached", List.of("report a to p-a")),
                new Case("attached and told", "pod:a node:a:reported va:a:attached", List.of()),
                new Case(
                        "the attacher failed",
                        "pod:a node:a va:a:error",
                        List.of("warn p-a AttachVolume.Attach failed for volume \"pv\" : no such disk")),
                new Case("no pod any more", "node:a:reported va:a:attached", List.of("detach a")),
                new Case("still mounted", "node:a:reported:inUse va:a:attached", List.of()),
                new Case(
                        "mounted on a node that is silent for a while",
                        "node:a:unready:inUse va:a:attached since:a:300",
                        List.of()),
                new Case(
                        "mounted on a node that is silent for long",
                        "node:a:unready:inUse va:a:attached since:a:360",
                        List.of("detach a")),
                new Case(
                        "mounted for long on a node that is well", "node:a:inUse va:a:attached since:a:900", List.of()),
                new Case(
                        "on a node that is shut down",
                        "node:a:unready:inUse:outOfService va:a:attached",
                        List.of("detach a")),
                new Case("on a node that is gone", "va:a:attached", List.of("detach a")),
                new Case("being detached", "node:a:reported va:a:going", List.of("unreport a")),
                new Case("being detached and wanted again", "pod:a node:a va:a:going", List.of()),
                new Case("told of without an attachment", "node:a:reported", List.of("unreport a")),
                new Case(
                        "elsewhere, in use",
                        "pod:a pod:b node:a:reported node:b va:a:attached",
                        List.of("warn p-b Multi-Attach error for volume \"pv\" Volume is already used by pod(s) p-a")),
                new Case(
                        "elsewhere, in use by another namespace",
                        "pod:a:other pod:b node:a:reported node:b va:a:attached",
                        List.of("warn p-b Multi-Attach error for volume \"pv\" Volume is already used by 1 pod(s) in"
                                + " different namespaces")),
                new Case(
                        "elsewhere, still mounted",
                        "pod:b node:a:reported:inUse node:b va:a:attached",
                        List.of(
                                "warn p-b Multi-Attach error for volume \"pv\" Volume is already exclusively attached to"
                                        + " one node and can't be attached to another")),
                new Case(
                        "wanted by two at once",
                        "pod:a pod:b node:a node:b",
                        List.of(
                                "attach a",
                                "warn p-b Multi-Attach error for volume \"pv\" Volume is already used by pod(s) p-a")),
                new Case("shared by two", "shared pod:a pod:b node:a node:b", List.of("attach a", "attach b")));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theNextSteps(Case c) {
        assertEquals(
                c.expected(),
                AttachPlan.of(view(c.scene()), NOW).stream()
                        .map(AttachPlanTest::words)
                        .toList());
    }

    private static String words(AttachStep step) {
        return switch (step) {
            case AttachStep.Attach attach -> "attach " + attach.node();
            case AttachStep.Detach detach -> "detach " + detach.node();
            case AttachStep.Report report ->
                "report " + report.node() + " to "
                        + report.pods().getFirst().metadata().name();
            case AttachStep.Unreport unreport -> "unreport " + unreport.node();
            case AttachStep.Warn warn -> "warn " + warn.pod().metadata().name() + " " + warn.message();
        };
    }

    private static AttachPlan.View view(String scene) {
        SortedMap<String, List<Pod>> pods = new TreeMap<>();
        SortedMap<String, VolumeAttachment> attachments = new TreeMap<>();
        Map<String, AttachPlan.NodeView> nodes = new HashMap<>();
        Map<String, Instant> since = new HashMap<>();
        Set<String> expected = Set.of();
        for (String word : scene.split(" ")) {
            String[] parts = word.split(":");
            List<String> facts = List.of(parts);
            switch (parts[0]) {
                case "pod" -> pods.put(parts[1], List.of(pod(parts[1], parts.length > 2 ? parts[2] : "default")));
                case "va" -> attachments.put(parts[1], attachment(parts[2]));
                case "node" ->
                    nodes.put(
                            parts[1],
                            new AttachPlan.NodeView(
                                    !facts.contains("unready"),
                                    facts.contains("outOfService"),
                                    facts.contains("inUse"),
                                    facts.contains("reported")));
                case "since" -> since.put(parts[1], NOW.minusSeconds(Long.parseLong(parts[2])));
                case "expected" -> expected = Set.of(parts[1]);
                case "shared" -> {}
                default -> throw new IllegalArgumentException(word);
            }
        }
        boolean shared = scene.startsWith("shared");
        return new AttachPlan.View("pv", shared, pods, attachments, expected, nodes, since);
    }

    private static Pod pod(String node, String namespace) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"p-" + node + "\",\"namespace\":\"" + namespace + "\"}}", Pod.class);
    }

    private static VolumeAttachment attachment(String state) {
        String body = switch (state) {
            case "attached" -> "{\"status\":{\"attached\":true}}";
            case "error" -> "{\"status\":{\"attachError\":{\"message\":\"no such disk\"}}}";
            case "going" -> "{\"metadata\":{\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"}}";
            default -> "{}";
        };
        return Json.MAPPER.readValue(body, VolumeAttachment.class);
    }
}
