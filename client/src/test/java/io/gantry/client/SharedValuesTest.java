package io.gantry.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gantry.api.core.v1.pod.Pod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedValuesTest {
    @Test
    void podsOfOneTemplateShareWhatIsEqualInThem() {
        Decoder<Pod> decoder = Decoder.lean(Pod.class);
        Pod a = decoder.object(pod("a"));
        Pod b = decoder.object(pod("b"));

        assertNotEquals(a, b);
        assertSame(a.spec().containers().getFirst(), b.spec().containers().getFirst());
        assertSame(a.metadata().labels().get("app"), b.metadata().labels().get("app"));
        assertSame(a.metadata().labels(), b.metadata().labels());
        assertSame(a.spec().containers(), b.spec().containers());
        assertSame(a.spec().nodeName(), b.spec().nodeName());
        assertSame(a.status().conditions().getFirst(), b.status().conditions().getFirst());
    }

    /// 1 and 1000m are equal, but whoever reads 1000m gets 1000m.
    @Test
    void quantitiesKeepTheirTexts() {
        Decoder<Pod> decoder = Decoder.lean(Pod.class);
        for (String cpu : List.of("1", "1000m", "1")) {
            String pod = "{\"spec\":{\"containers\":[{\"resources\":{\"limits\":{\"cpu\":\"" + cpu + "\"}}}]}}";
            assertEquals(
                    cpu,
                    decoder.object(pod.getBytes(StandardCharsets.UTF_8))
                            .spec()
                            .containers()
                            .getFirst()
                            .resources()
                            .limits()
                            .get("cpu")
                            .text());
        }
    }

    @Test
    void metadataAloneIsSharedAsWell() {
        Decoder<PartialObjectMetadata> decoder = Decoder.lean(PartialObjectMetadata.class);
        PartialObjectMetadata a = decoder.object(pod("a"));
        assertSame(a.metadata().labels(), decoder.object(pod("b")).metadata().labels());
        assertEquals(List.of(), a.metadata().managedFields());
    }

    @Test
    void whatIsReadIsTheSameAsWithoutSharing() {
        assertEquals(
                Decoder.full(Pod.class).object(pod("a")),
                Decoder.lean(Pod.class).object(pod("a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"metadata\":{\"managedFields\":[{\"a\":\"]\"},[1],{\"k:{\\\"ip\\\":\\\"1]\\\"}\":{}}],\"name\":\"x\"}} "
                        + "| {\"metadata\":{\"managedFields\":[],\"name\":\"x\"}}",
                "{\"metadata\":{\"name\":\"x\"}} | {\"metadata\":{\"name\":\"x\"}}",
                "{\"a\":\"\\\"managedFields\\\":[1]\"} | {\"a\":\"\\\"managedFields\\\":[1]\"}",
                "{\"managedFields\":[] | {\"managedFields\":[]",
                "{\"managedFields\":[1 | {\"managedFields\":[1",
            })
    void managedFieldsAreCutOut(String json, String expected) {
        assertEquals(
                expected,
                new String(ManagedFieldsCut.of(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
    }

    private static byte[] pod(String name) {
        return """
                {"apiVersion":"v1","kind":"Pod",
                 "metadata":{"name":"%s","labels":{"app":"web"}},
                 "spec":{"nodeName":"node-1","hostNetwork":true,"containers":[{"name":"main","image":"nginx",
                   "resources":{"requests":{"cpu":"10m","memory":64}},
                   "env":[{"name":"A","value":"b"}],"command":["run",null,"1"]}]},
                 "status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
                """.formatted(name).getBytes(StandardCharsets.UTF_8);
    }
}
