package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A device, or a share of one; absent parts are empty.
record SharedDevice(String driver, String pool, String device, String share) {
    static SharedDevice of(
            @Nullable String driver, @Nullable String pool, @Nullable String device, @Nullable String share) {
        return new SharedDevice(orEmpty(driver), orEmpty(pool), orEmpty(device), orEmpty(share));
    }

    /// What an entry of an allocation or of the status of devices means.
    static SharedDevice of(JsonNode entry) {
        return new SharedDevice(
                entry.path("driver").asString(""),
                entry.path("pool").asString(""),
                entry.path("device").asString(""),
                entry.path("shareID").asString(""));
    }

    /// As upstream shows it in messages.
    ObjectNode shown() {
        return Json.MAPPER
                .createObjectNode()
                .put("Driver", driver)
                .put("Pool", pool)
                .put("Device", device)
                .put("ShareID", share);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
