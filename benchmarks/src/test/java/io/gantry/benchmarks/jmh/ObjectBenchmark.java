package io.gantry.benchmarks.jmh;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.decode.Bodies;
import io.gantry.api.decode.Body;
import io.gantry.api.schema.FieldValidation;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.selector.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.node.ObjectNode;

/// Decoding, encoding and selecting of a pod.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ObjectBenchmark {
    private static final byte[] POD =
            ("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"one\",\"labels\":"
                            + "{\"app\":\"web\",\"tier\":\"front\",\"version\":\"v1\"}},\"spec\":{\"containers\":[{\"name\":\"main\","
                            + "\"image\":\"registry.example/team/service:1.0\",\"ports\":[{\"containerPort\":8080}],\"resources\":"
                            + "{\"requests\":{\"cpu\":\"10m\",\"memory\":\"16Mi\"}}}]}}")
                    .getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front", "version", "v1");

    private final ResourceSchema schema = Schemas.of(PodKind.KIND);
    private final Selector selector = LabelSelectors.parse("app=web,tier in (back,front),version!=v2");
    private final ObjectNode tree = Bodies.json(POD).tree();

    /// A body to a tree that conforms to the schema.
    @Benchmark
    public Object decode() {
        Body body = Bodies.json(POD);
        schema.decode(body.tree(), body, FieldValidation.STRICT);
        return body;
    }

    /// A tree to bytes.
    @Benchmark
    public Object encode() {
        return Json.MAPPER.writeValueAsBytes(tree);
    }

    /// A label selector of three requirements.
    @Benchmark
    public boolean select() {
        return selector.matches(LABELS);
    }
}
