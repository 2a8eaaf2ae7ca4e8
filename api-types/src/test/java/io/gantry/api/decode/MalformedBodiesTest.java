package io.gantry.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.managedfields.ManagedFields;
import io.gantry.api.managedfields.ServerSideApply;
import io.gantry.api.patch.JsonPatch;
import io.gantry.api.patch.StrategicMergePatch;
import io.gantry.api.schema.FieldValidation;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Whatever bytes arrive, the answer is a Status, not a bug. A failure names its seed.
class MalformedBodiesTest {
    private static final List<String> UNMERGEABLE = List.of(
            "map: map[",
            "unable to find api field",
            "unknown patch type",
            "The order in patch list",
            "expected a []interface {}",
            "list element types");
    private static final int SEEDS = 3000;
    private static final ResourceSchema POD = Schemas.of(PodKind.KIND);
    private static final String JSON =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"labels\":{\"a\":\"b\"},"
                    + "\"finalizers\":[\"a/b\"],\"creationTimestamp\":\"2026-01-01T00:00:00Z\"},\"spec\":{\"$setElementOrder/containers\":"
                    + "[{\"name\":\"a\"}],\"containers\":[{\"name\":\"a\",\"$patch\":\"delete\",\"image\":\"b\",\"ports\":[{\"containerPort\":80}],"
                    + "\"resources\":{\"limits\":{\"cpu\":\"1.5\",\"memory\":\"1Gi\"}}}],\"priority\":1e3,\"hostNetwork\":true,"
                    + "\"$retainKeys\":[\"containers\"],\"nodeSelector\":{\"a\":null}}}";
    private static final String YAML =
            "apiVersion: v1\nkind: Pod\nmetadata: &m\n  name: \"a\"\n  labels: {a: 'b', <<: *m}\nspec:\n"
                    + "  containers:\n  - name: a\n    image: |\n      x\n    ports: [{containerPort: 0o17}, !!str 1, ? a : b]\n  priority: -0x1F\n"
                    + "  date: 2026-01-01\n  f: .inf\n";
    private static final String PATCH = "[{\"op\":\"add\",\"path\":\"/spec/containers/0/a~1b\",\"value\":[1]},"
            + "{\"op\":\"move\",\"from\":\"/metadata/labels\",\"path\":\"/spec/x\"},{\"op\":\"test\",\"path\":\"/spec/containers/-\",\"value\":{}}]";

    @Test
    void json() {
        mutated(JSON, bytes -> decode(Bodies.json(bytes)));
    }

    @Test
    void yaml() {
        mutated(YAML, bytes -> decode(Bodies.yaml(bytes)));
    }

    @Test
    void strategicMergePatch() {
        ObjectNode original = Bodies.json(JSON.getBytes(StandardCharsets.UTF_8)).tree();
        mutated(
                JSON,
                bytes -> StrategicMergePatch.apply(
                        POD, original.deepCopy(), Bodies.json(bytes).tree()));
    }

    @Test
    void jsonPatch() {
        ObjectNode original = Bodies.json(JSON.getBytes(StandardCharsets.UTF_8)).tree();
        mutated(PATCH, bytes -> JsonPatch.parse(bytes).apply(original.deepCopy()));
    }

    private static void decode(Body body) {
        POD.decode(body.tree(), body, FieldValidation.IGNORE);
        POD.applyDefaults(body.tree());
        FieldWriter writer = new FieldWriter("me", "", Instant.EPOCH, Set.of());
        ManagedFields.trackCreate(POD, body.tree(), writer);
        ObjectNode config = body.tree().deepCopy();
        if (config.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        ServerSideApply.apply(POD, body.tree(), config, true, writer);
    }

    private static void mutated(String text, Consumer<byte[]> handled) {
        int refused = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] bytes = mutate(text.getBytes(StandardCharsets.UTF_8), new Random(seed));
            try {
                handled.accept(bytes);
            } catch (StatusException expected) {
                refused++;
                // What a strategic patch cannot merge is a 500, as upstream.
                String why = String.valueOf(expected.getMessage());
                assertTrue(expected.code() / 100 == 4 || UNMERGEABLE.stream().anyMatch(why::startsWith), why);
            } catch (RuntimeException | StackOverflowError bug) {
                fail("seed " + seed + ": " + new String(bytes, StandardCharsets.UTF_8), bug);
            }
        }
        assertEquals(true, refused > 0);
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        List<String> marks = List.of(
                "{", "}", "[", "]", ",", ":", "\"", "1", "-", "&", "*", "!", "\n", " ", "\\", "n", ".", "\u0000", "é");
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(changed.length);
            byte[] mark = marks.get(random.nextInt(marks.size())).getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(4);
            byte[] next = new byte[Math.max(1, changed.length - cut + mark.length)];
            System.arraycopy(changed, 0, next, 0, Math.min(at, next.length));
            System.arraycopy(mark, 0, next, Math.min(at, next.length - mark.length), mark.length);
            int rest = Math.max(0, Math.min(changed.length - at - cut, next.length - at - mark.length));
            if (rest > 0) {
                System.arraycopy(changed, at + cut, next, at + mark.length, rest);
            }
            changed = next;
        }
        return changed;
    }
}
