package io.gantry.controllermanager.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import org.junit.jupiter.api.Test;

class RevisionDataTest {
    @Test
    void clientsMayCompareBytes() {
        PodTemplateSpec template = Json.MAPPER.readValue(
                "{\"metadata\":{\"labels\":{\"b\":\"1\",\"a\":\"2\"}},\"spec\":{\"containers\":[{\"name\":\"c\","
                        + "\"image\":\"i\",\"resources\":{}}]}}",
                PodTemplateSpec.class);
        assertEquals(
                "{\"spec\":{\"template\":{\"$patch\":\"replace\",\"metadata\":{\"labels\":{\"a\":\"2\",\"b\":\"1\"}},"
                        + "\"spec\":{\"containers\":[{\"image\":\"i\",\"name\":\"c\",\"resources\":{}}]}}}}",
                Revisions.data(template).toString());
    }
}
