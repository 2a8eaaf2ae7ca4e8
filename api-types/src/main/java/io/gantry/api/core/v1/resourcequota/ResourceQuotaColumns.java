package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.kind.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The columns of ResourceQuotas (upstream `printResourceQuota`).
final class ResourceQuotaColumns {
    private ResourceQuotaColumns() {}

    static List<Column> all() {
        return List.of(
                Column.text("Request", "Used and allowed, but limits.", (quota, now) -> used(quota, false)),
                Column.text("Limit", "Used and allowed of limits.", (quota, now) -> used(quota, true)),
                Column.age());
    }

    private static String used(JsonNode quota, boolean limits) {
        JsonNode hard = quota.path("status").path("hard");
        List<String> parts = new ArrayList<>();
        for (String name : new TreeSet<>(hard.propertyNames())) {
            if (name.startsWith("limits") == limits) {
                String used = quota.path("status").path("used").path(name).asString("0");
                parts.add(name + ": " + used + "/" + hard.path(name).asString(""));
            }
        }
        return String.join(", ", parts);
    }
}
