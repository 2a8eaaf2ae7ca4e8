package io.gantry.api.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.decode.Bodies;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.managedfields.ServerSideApply;
import io.gantry.api.patch.JsonPatch;
import io.gantry.api.patch.MergePatch;
import io.gantry.api.patch.StrategicMergePatch;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.api.protobuf.ProtobufEncoder;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import io.gantry.api.selector.FieldSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.selector.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whatever bytes arrive: a refusal is a Status of the client's fault, and what was accepted keeps its promises.
/// Without `JAZZER_FUZZ` only the seeds run; [EveryDecoderFuzz] searches a few seconds in CI, `scripts/fuzz` as long as
/// one likes.
class DecodersFuzzTest {
    private static final ResourceSchema POD = Schemas.of(PodKind.KIND);
    private static final ProtobufDecoder PROTOBUF = new ProtobufDecoder(KindCatalog.all());
    private static final ProtobufEncoder ENCODER = PROTOBUF.encoder();
    /// What upstream answers with 500: what an apply or a strategic merge patch cannot merge.
    private static final List<String> AS_UPSTREAM = List.of(
            "failed to create typed patch object",
            "map: map[",
            "unknown patch type: ",
            "merging lists cannot yet",
            "cannot merge lists without merge key",
            "The order in patch list:",
            "expected a []interface {}, but received a ",
            "list element types are not identical: ",
            "unable to find api field in struct ");

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final FieldWriter WRITER = new FieldWriter("fuzz", "", NOW, Set.of());
    private static final String POD_JSON = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","labels":{"k":"v"}},"spec":{"containers":[
            {"name":"c","image":"i","ports":[{"containerPort":80,"protocol":"TCP"}],"env":[{"name":"A","value":"b"}],
            "resources":{"limits":{"cpu":"1","memory":"1Gi"}}}],"tolerations":[{"key":"k","operator":"Exists"}]}}""";

    private static Stream<byte[]> seeds(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /// Runs what may refuse its input, as the client's fault.
    private static void handling(Runnable body) {
        try {
            body.run();
        } catch (StatusException e) {
            String why = String.valueOf(e.getMessage());
            assertTrue(e.code() / 100 == 4 || AS_UPSTREAM.stream().anyMatch(why::startsWith), why);
        }
    }

    private static ObjectNode podWith(JsonNode tree) {
        ObjectNode object = (ObjectNode) tree;
        object.put("apiVersion", "v1").put("kind", "Pod");
        return object;
    }

    static Stream<byte[]> jsonSeeds() {
        return seeds(
                POD_JSON,
                "{\"a\":1e400}",
                "{\"a\":" + "[".repeat(10_000),
                "{\"a\":1,\"a\":2}",
                "{\"a\":\"\\ud800\"}",
                "[]",
                "",
                "{\"a\":-0,\"b\":9223372036854775808,\"c\":1.5E-9}",
                "\u0000");
    }

    @MethodSource("jsonSeeds")
    @FuzzTest(maxDuration = "20s")
    void jsonBodies(byte[] bytes) {
        handling(() -> {
            ObjectNode tree = Bodies.json(bytes).tree();
            byte[] written = Json.MAPPER.writeValueAsBytes(tree);
            assertEquals(tree, Bodies.json(written).tree(), "what was read is read again");
            POD.conform(podWith(tree));
        });
    }

    static Stream<byte[]> yamlSeeds() {
        return seeds(
                "a: &x [1]\nb: *x\n",
                "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
                "a: !!binary aGk=\n",
                "? [a]\n: b\n",
                "<<: {a: 1}\nb: 0o17\n",
                "a: 2026-01-01T00:00:00Z\nb: 1e308\nc: 0x1F\nd: 1_000\n",
                "a: .nan\n",
                "{\"a\":1e400}",
                "--- {}\n--- {}\n",
                "a: |\n  b\n c",
                "\t",
                "%YAML 1.1\n---\n{}");
    }

    @MethodSource("yamlSeeds")
    @FuzzTest(maxDuration = "20s")
    void yamlBodies(byte[] bytes) {
        handling(() -> {
            ObjectNode tree = Bodies.yaml(bytes).tree();
            assertEquals(tree, Bodies.json(Json.MAPPER.writeValueAsBytes(tree)).tree(), "YAML that was read is JSON");
        });
    }

    static Stream<byte[]> protobufSeeds() {
        return Stream.concat(
                Stream.of(
                        ENCODER.encode(POD_JSON.getBytes(StandardCharsets.UTF_8)),
                        ENCODER.encode("{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"data\":{\"a\":\"aGk=\"}}"
                                .getBytes(StandardCharsets.UTF_8)),
                        ENCODER.encode(("{\"kind\":\"ControllerRevision\",\"apiVersion\":\"apps/v1\","
                                        + "\"data\":{\"a\":[1]},\"revision\":1}")
                                .getBytes(StandardCharsets.UTF_8))),
                seeds("k8s\0", "k8s\0\u0012\u0001", "none"));
    }

    @MethodSource("protobufSeeds")
    @FuzzTest(maxDuration = "20s")
    void protobufBodies(byte[] bytes) {
        handling(() -> {
            ObjectNode tree = PROTOBUF.decode(bytes);
            byte[] json = Json.MAPPER.writeValueAsBytes(tree);
            ObjectNode same = Bodies.json(json).tree();
            assertEquals(Json.MAPPER.readTree(json), Json.MAPPER.readTree(same.toString()));
        });
    }

    static Stream<byte[]> patchSeeds() {
        return seeds(
                "[{\"op\":\"add\",\"path\":\"/metadata/labels/x~1y\",\"value\":\"1\"}]",
                "[{\"op\":\"remove\",\"path\":\"/spec/containers/0\"},{\"op\":\"test\",\"path\":\"\",\"value\":null}]",
                "[{\"op\":\"copy\",\"from\":\"/spec\",\"path\":\"/spec/containers/-\"}]",
                "[{\"op\":\"move\",\"from\":\"/spec\",\"path\":\"/spec/x\"}]",
                "[{\"op\":\"replace\",\"path\":\"/\",\"value\":{}}]",
                "{}");
    }

    @MethodSource("patchSeeds")
    @FuzzTest(maxDuration = "20s")
    void jsonPatches(byte[] bytes) {
        handling(() -> {
            ObjectNode pod = (ObjectNode) Json.MAPPER.readTree(POD_JSON);
            JsonPatch patch = JsonPatch.parse(bytes);
            JsonNode changed = patch.apply(pod.deepCopy());
            assertEquals(changed, patch.apply(pod.deepCopy()), "a patch does the same twice");
        });
    }

    static Stream<byte[]> mergeSeeds() {
        return seeds(
                "{\"spec\":{\"containers\":[{\"name\":\"c\",\"$patch\":\"delete\"}]}}",
                "{\"spec\":{\"$setElementOrder/containers\":[{\"name\":\"c\"}],\"containers\":[{\"name\":\"d\"}]}}",
                "{\"metadata\":{\"$patch\":\"replace\",\"labels\":null}}",
                "{\"spec\":{\"$retainKeys\":[\"containers\"],\"tolerations\":[{\"$patch\":\"replace\"}]}}",
                "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"a\"]}}");
    }

    @MethodSource("mergeSeeds")
    @FuzzTest(maxDuration = "20s")
    void mergePatches(byte[] bytes) {
        handling(() -> {
            ObjectNode pod = (ObjectNode) Json.MAPPER.readTree(POD_JSON);
            ObjectNode patch = Bodies.json(bytes).tree();
            JsonNode merged = MergePatch.apply(pod.deepCopy(), patch.deepCopy());
            assertEquals(
                    merged, MergePatch.apply(merged.deepCopy(), patch.deepCopy()), "merging twice is merging once");
        });
    }

    @MethodSource("mergeSeeds")
    @FuzzTest(maxDuration = "20s")
    void strategicPatches(byte[] bytes) {
        handling(() -> {
            ObjectNode pod = (ObjectNode) Json.MAPPER.readTree(POD_JSON);
            ObjectNode patch = Bodies.json(bytes).tree();
            JsonNode changed = StrategicMergePatch.apply(POD, pod.deepCopy(), patch.deepCopy());
            assertEquals(
                    changed,
                    StrategicMergePatch.apply(POD, pod.deepCopy(), patch.deepCopy()),
                    "a patch does the same twice");
        });
    }

    static Stream<byte[]> applySeeds() {
        return seeds(
                POD_JSON,
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}]}}",
                "{\"spec\":{\"containers\":[{\"name\":\"c\"},{\"name\":\"c\"}]}}",
                "{\"spec\":{\"containers\":[{}],\"topologySpreadConstraints\":[{\"topologyKey\":\"z\"}]}}");
    }

    @MethodSource("applySeeds")
    @FuzzTest(maxDuration = "20s")
    void applies(byte[] bytes) {
        handling(() -> {
            ObjectNode config = podWith(Bodies.json(bytes).tree());
            POD.conform(config);
            ObjectNode first = ServerSideApply.apply(POD, null, config, true, WRITER);
            ObjectNode second = ServerSideApply.apply(POD, first.deepCopy(), config, true, WRITER);
            assertEquals(first, second, "applying twice is applying once");
        });
    }

    static Stream<byte[]> selectorSeeds() {
        return seeds("a=b,c!=d", "a in (b,c),!d", "x notin (y),z", "a>1,b<2", "a in (,)", ",", "a = b", "k8s.io/a==");
    }

    @MethodSource("selectorSeeds")
    @FuzzTest(maxDuration = "20s")
    void selectors(byte[] bytes) {
        handling(() -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            Selector selector = LabelSelectors.parse(text);
            Map<String, String> labels = Map.of("a", "b", "c", "d");
            assertEquals(selector.matches(labels), LabelSelectors.parse(text).matches(labels));
        });
    }

    static Stream<byte[]> fieldSeeds() {
        return seeds("metadata.name=a", "a!=b,c==d", "a=b\\,c\\=d", "a", "=", ",,", "\\");
    }

    @MethodSource("fieldSeeds")
    @FuzzTest(maxDuration = "20s")
    void fieldSelectors(byte[] bytes) {
        handling(() -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            FieldSelector selector = FieldSelector.parse(text);
            assertEquals(selector.matches(Map.of("a", "b")), selector.matches(Map.of("a", "b")));
        });
    }

    static Stream<byte[]> quantitySeeds() {
        return seeds(
                "1",
                "100m",
                "1.5Gi",
                "1e3",
                "4e400",
                "-5Ki",
                "0.001",
                "1E",
                "1e",
                "999999999999999999999",
                ".5",
                "1n",
                "+1",
                "-5Ei");
    }

    @MethodSource("quantitySeeds")
    @FuzzTest(maxDuration = "20s")
    void quantities(byte[] bytes) {
        handling(() -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            Quantity quantity;
            try {
                quantity = Quantity.parse(text);
            } catch (IllegalArgumentException e) {
                return;
            }
            Quantity again = Quantity.parse(quantity.canonical());
            assertEquals(quantity, again, "the canonical form is the same amount");
            assertEquals(quantity.canonical(), again.canonical());
            long milli = quantity.milliValue();
            boolean saturated = milli == Long.MAX_VALUE || milli == Long.MIN_VALUE;
            assertTrue(saturated || quantity.value() >= milli / 1000);
        });
    }
}
