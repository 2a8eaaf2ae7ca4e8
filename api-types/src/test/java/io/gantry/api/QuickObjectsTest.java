package io.gantry.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Documents.Form;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCodec;
import io.gantry.api.json.QuickObjects;
import io.gantry.api.json.RecordCodec;
import io.gantry.api.json.RecordCodecs;
import io.gantry.api.json.SharedValues;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.ContextAttributes;
import tools.jackson.databind.json.JsonMapper;

/// What is read quickly for a cache is what the library reads for it.
final class QuickObjectsTest {
    private static final String POD = """
            {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web-1","namespace":"shop","uid":"u-1",\
            "resourceVersion":"77","creationTimestamp":"2026-11-21T10:00:00Z","labels":{"app":"web","tier":"a"},\
            "annotations":{"note":"a \\"quoted\\" line\\nand ä"},"managedFields":[{"manager":"x","fieldsV1":{"f:a":{}}}]},\
            "spec":{"containers":[{"name":"main","image":"registry.example/web:1","ports":[{"containerPort":80}],\
            "resources":{"limits":{"cpu":"1","memory":"64Mi"},"requests":{"cpu":"10m"}},"stdin":false,\
            "livenessProbe":{"httpGet":{"path":"/","port":"http"},"periodSeconds":5}},{"name":"side","image":"side"}],\
            "nodeName":"n-1","tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}],\
            "somethingNew":{"a":[1,{"b":null}]},"hostNetwork":true},"status":{"phase":"Running","conditions":[\
            {"type":"Ready","status":"True","lastTransitionTime":"2026-11-21T10:00:01.5Z"}],"startTime":null}}
            """;

    private static final String CHANGES = "{}[]\":,\\ 01ntf-.u\u0001ae";

    private final SharedValues shared = new SharedValues();
    private final JsonMapper library = Json.MAPPER
            .rebuild()
            .defaultAttributes(ContextAttributes.getEmpty().withSharedAttribute(SharedValues.class, new SharedValues()))
            .build();

    @Test
    void anOrdinaryPodIsRead() {
        Pod pod = quick(POD.getBytes(StandardCharsets.UTF_8));
        assertEquals(byLibrary(POD.getBytes(StandardCharsets.UTF_8), Pod.class), pod);
        assertNotNull(pod);
        assertEquals("a \"quoted\" line\nand ä", pod.metadata().annotations().get("note"));
    }

    /// A list is one object as long as it is written alike, and another one as soon as a byte differs.
    @Test
    void listsThatComeAgainAreTheSame() {
        Pod first = Objects.requireNonNull(quick(POD.getBytes(StandardCharsets.UTF_8)));
        for (String[] change : new String[][] {
            {"web-1", "web-2"}, {"\"side\"}]", "\"sidE\"}]"}, {"\"cpu\":\"10m\"", "\"cpu\":\"11m\""}, {"300}]", "301}]"}
        }) {
            byte[] other = POD.replace(change[0], change[1]).getBytes(StandardCharsets.UTF_8);
            assertEquals(byLibrary(other, Pod.class), quick(other), change[1]);
        }
        Pod again = Objects.requireNonNull(quick(POD.getBytes(StandardCharsets.UTF_8)));
        assertEquals(first, again);
        assertSame(first.spec().containers(), again.spec().containers());
    }

    @Test
    void everyRecordIsReadAsTheLibraryDoes() {
        Random random = new Random(5);
        for (Form form : Form.values()) {
            for (Class<?> type : Documents.types()) {
                byte[] json = Json.MAPPER.writeValueAsBytes(Documents.of(type, form, random));
                RecordCodec<?> codec = Objects.requireNonNull(RecordCodecs.find(type));
                Object read = QuickObjects.read(json, 0, json.length, codec, shared);
                if (read != null) {
                    assertEquals(byLibrary(json, type), read, type.getName());
                }
            }
        }
    }

    @Test
    void whatIsReadTheLibraryReadsToo() {
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 6_000; i++) {
            byte[] bytes = POD.getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) CHANGES.charAt(random.nextInt(CHANGES.length()));
            }
            Pod pod = quick(bytes);
            if (pod != null) {
                read++;
                assertEquals(byLibrary(bytes, Pod.class), pod, new String(bytes, StandardCharsets.UTF_8));
            }
        }
        assertTrue(read > 1000, "read: " + read);
    }

    private @Nullable Pod quick(byte[] json) {
        return QuickObjects.read(json, 0, json.length, PodCodec.CODEC, shared);
    }

    private <T> @Nullable Object byLibrary(byte[] json, Class<T> type) {
        try {
            return library.readValue(json, type);
        } catch (JacksonException refused) {
            return refused.getOriginalMessage();
        }
    }
}
