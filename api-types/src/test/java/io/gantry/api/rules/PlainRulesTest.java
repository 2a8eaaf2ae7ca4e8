package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.api.coordination.v1.lease.LeaseRules;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapRules;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the tree alone shows to be plain has no errors in the record's rules either.
class PlainRulesTest {
    private static final ConfigMapRules MAPS = new ConfigMapRules();
    private static final LeaseRules LEASES = new LeaseRules();

    private record Case(boolean plain, int errors, String json) {}

    @Test
    void plainConfigMaps() {
        List<Case> cases = List.of(
                new Case(true, 0, "{}"),
                new Case(true, 0, "{\"data\":{\"a.txt\":\"x\",\"b\":\"\"}}"),
                new Case(false, 1, "{\"data\":{\"a b\":\"x\"}}"),
                new Case(false, 1, "{\"data\":{\"..\":\"x\"}}"),
                new Case(false, 0, "{\"binaryData\":{\"a\":\"AAAA\"}}"),
                new Case(false, 1, "{\"data\":{\"a\":\"x\"},\"binaryData\":{\"a\":\"AAAA\"}}"),
                new Case(true, 0, "{\"data\":{\"a\":\"" + "x".repeat(349_525) + "\"}}"),
                new Case(false, 0, "{\"data\":{\"a\":\"" + "x".repeat(349_526) + "\"}}"),
                new Case(false, 1, "{\"data\":{\"a\":\"" + "\u20ac".repeat(349_526) + "\"}}"));
        cases.forEach(each -> check(MAPS, ConfigMap.class, each));
    }

    @Test
    void onlyAnImmutableConfigMapIsNoPlainUpdate() {
        JsonNode immutable = Json.MAPPER.readTree("{\"immutable\":true}");
        JsonNode other = Json.MAPPER.readTree("{\"immutable\":false}");
        assertEquals(false, MAPS.isPlainUpdate(other, immutable));
        assertEquals(true, MAPS.isPlainUpdate(immutable, other));
    }

    @Test
    void plainLeases() {
        List<Case> cases = List.of(
                new Case(true, 0, "{\"spec\":{\"holderIdentity\":\"a\",\"leaseDurationSeconds\":40}}"),
                new Case(false, 1, "{\"spec\":{\"leaseDurationSeconds\":0}}"),
                new Case(false, 1, "{\"spec\":{\"leaseTransitions\":-1}}"),
                new Case(false, 1, "{\"spec\":{\"preferredHolder\":\"b\"}}"),
                new Case(false, 0, "{\"spec\":{\"preferredHolder\":\"b\",\"strategy\":\"OldestEmulationVersion\"}}"));
        cases.forEach(each -> check(LEASES, Lease.class, each));
    }

    private static <T extends KubernetesObject> void check(KindRules<T> rules, Class<T> type, Case each) {
        JsonNode tree = Json.MAPPER.readTree(each.json());
        String shown = each.json().substring(0, Math.min(80, each.json().length()));
        FieldErrors errors = new FieldErrors();
        rules.validate(Json.MAPPER.treeToValue(tree, type), errors);
        assertEquals(each.errors(), errors.all().size(), shown);
        assertEquals(each.plain(), rules.isPlain(tree), shown);
    }
}
