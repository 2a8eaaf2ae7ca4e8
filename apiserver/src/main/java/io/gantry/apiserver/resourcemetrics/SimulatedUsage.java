package io.gantry.apiserver.resourcemetrics;

import io.gantry.api.resource.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What pods of simulated nodes use: there is no kubelet to be asked, and what they use is what they say.
/// Each container uses what its pod's annotations [#CPU] and [#MEMORY] say. Pure.
final class SimulatedUsage {
    /// Annotation of a node that has no kubelet.
    static final String NODE = "simulated.gantry.io/node";

    /// Annotation of a pod: the use of processors of each container, `10m` without it.
    static final String CPU = "simulated.gantry.io/cpu-usage";

    /// Annotation of a pod: the memory of each container, `16Mi` without it.
    static final String MEMORY = "simulated.gantry.io/memory-usage";

    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Quantity LITTLE_CPU = Quantity.parse("10m");
    private static final Quantity LITTLE_MEMORY = Quantity.parse("16Mi");
    private static final int NANO = 9;

    private SimulatedUsage() {}

    static boolean isSimulated(JsonNode node) {
        return annotation(node, NODE).equals("true");
    }

    /// Of each container.
    static Map<String, Usage> of(JsonNode pod, Instant now) {
        long nanoCores = quantity(annotation(pod, CPU), LITTLE_CPU)
                .amount()
                .movePointRight(NANO)
                .longValue();
        Usage usage = new Usage(
                now,
                WINDOW,
                nanoCores,
                quantity(annotation(pod, MEMORY), LITTLE_MEMORY).value());
        Map<String, Usage> containers = new LinkedHashMap<>();
        for (JsonNode container : pod.path("spec").path("containers")) {
            containers.put(container.path("name").asString(""), usage);
        }
        return containers;
    }

    /// Of a node with these pods.
    static Usage node(Iterable<Map<String, Usage>> pods, Instant now) {
        long nanoCores = 0;
        long bytes = 0;
        for (Map<String, Usage> containers : pods) {
            for (Usage usage : containers.values()) {
                nanoCores += usage.nanoCores();
                bytes += usage.memoryBytes();
            }
        }
        return new Usage(now, WINDOW, nanoCores, bytes);
    }

    private static Quantity quantity(String text, Quantity otherwise) {
        try {
            return text.isEmpty() ? otherwise : Quantity.parse(text);
        } catch (IllegalArgumentException unreadable) {
            return otherwise;
        }
    }

    private static String annotation(JsonNode object, String name) {
        return object.path("metadata").path("annotations").path(name).asString("");
    }
}
