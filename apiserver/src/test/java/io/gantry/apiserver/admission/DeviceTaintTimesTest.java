package io.gantry.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.apiserver.authn.UserInfo;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DeviceTaintTimesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00.5Z"), ZoneOffset.UTC);
    private static final AdmissionAttributes CREATION = new AdmissionAttributes(
            AdmissionAttributes.Operation.CREATE,
            "create",
            "resource.k8s.io",
            "v1",
            "ResourceSlice",
            "resourceslices",
            "",
            "",
            "s",
            UserInfo.of("u"),
            false,
            Json.MAPPER.createObjectNode(),
            warning -> {},
            new AdmissionNotes());

    @Test
    void aTaintWithoutATimeIsThereSinceNow() {
        ObjectNode slice = (ObjectNode) Json.MAPPER.readTree("""
                {"spec":{"devices":[{"name":"a"},{"name":"b","taints":[{"key":"new","effect":"NoExecute"},
                {"key":"old","effect":"NoExecute","timeAdded":"2025-01-01T00:00:00Z"}]}]}}""");
        new DeviceTaintTimes(CLOCK).mutate(CREATION, slice, Optional.empty());
        assertEquals(
                "2026-01-01T00:00:00Z",
                slice.at("/spec/devices/1/taints/0/timeAdded").asString(""));
        assertEquals(
                "2025-01-01T00:00:00Z",
                slice.at("/spec/devices/1/taints/1/timeAdded").asString(""));
    }
}
