package io.gantry.benchmarks.report;

import io.gantry.api.Json;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes results as JSON.
public final class JsonReport {
    private JsonReport() {}

    public static void write(Path file, List<Result> results) throws IOException {
        ArrayNode all = Json.MAPPER.createArrayNode();
        results.forEach(result -> all.add(tree(result)));
        Files.writeString(file, all.toPrettyString());
    }

    private static ObjectNode tree(Result result) {
        ObjectNode tree = Json.MAPPER.createObjectNode();
        tree.put("name", result.name());
        tree.put("clients", result.clients());
        tree.put("operations", result.operations());
        tree.put("seconds", result.seconds());
        tree.put("rate", result.rate());
        tree.put("p50Millis", result.p50());
        tree.put("p95Millis", result.p95());
        tree.put("p99Millis", result.p99());
        tree.put("clientCpuSeconds", result.clientCpu());
        result.serverCpu().ifPresent(cpu -> tree.put("serverCpuSeconds", cpu));
        result.serverMillis().ifPresent(cpu -> tree.put("serverCpuMillisPerOperation", cpu));
        result.peakMegabytes().ifPresent(peak -> tree.put("serverPeakMegabytes", peak));
        tree.put("errors", result.errors());
        ObjectNode more = tree.putObject("more");
        result.more().forEach(more::put);
        return tree;
    }
}
