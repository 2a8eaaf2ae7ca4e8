package io.gantry.controllermanager.devicetainteviction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceEvictionPlanTest {
    private static final Instant ADDED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ILL = "{'key':'ill','value':'very','effect':'NoExecute','timeAdded':'" + ADDED + "'}";
    private static final String USED = "{'resource':'pods','name':'p','uid':'1'}";

    /// @param taints of the device in the newest generation
    /// @param expected seconds after the taint came; -1 when the pod stays
    record Case(String name, String node, String taints, String tolerations, String reserved, long expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> deadlines() {
        return Stream.of(
                new Case("a taint", "n", ILL, "", USED, 0),
                new Case("no taint", "n", "", "", USED, -1),
                new Case("a taint for new ones only", "n", ILL.replace("NoExecute", "NoSchedule"), "", USED, -1),
                new Case("a taint without effect", "n", ILL.replace("NoExecute", "None"), "", USED, -1),
                new Case("not placed", "", ILL, "", USED, -1),
                new Case("not its claim any more", "n", ILL, "", USED.replace("'1'", "'0'"), -1),
                new Case("tolerated", "n", ILL, tolerates("'operator':'Exists'"), USED, -1),
                new Case("tolerated by value", "n", ILL, tolerates("'key':'ill','value':'very'"), USED, -1),
                new Case("another value", "n", ILL, tolerates("'key':'ill','value':'a bit'"), USED, 0),
                new Case("another key", "n", ILL, tolerates("'key':'old','operator':'Exists'"), USED, 0),
                new Case("another effect", "n", ILL, "{'operator':'Exists','effect':'NoSchedule'}", USED, 0),
                new Case("for a time", "n", ILL, tolerates("'operator':'Exists','tolerationSeconds':30"), USED, 30),
                new Case(
                        "the shortest time",
                        "n",
                        ILL,
                        tolerates("'operator':'Exists','tolerationSeconds':30") + ","
                                + tolerates("'key':'ill','operator':'Exists','tolerationSeconds':20"),
                        USED,
                        20),
                new Case("for no time", "n", ILL, tolerates("'operator':'Exists','tolerationSeconds':-5"), USED, 0),
                new Case(
                        "the first of two",
                        "n",
                        ILL.replace("ill", "bad") + "," + ILL,
                        tolerates("'key':'ill','operator':'Exists','tolerationSeconds':30"),
                        USED,
                        0));
    }

    private static String tolerates(String fields) {
        return "{" + fields + ",'effect':'NoExecute'}";
    }

    @ParameterizedTest
    @MethodSource
    void deadlines(Case c) {
        Pod pod = read(
                "{'metadata':{'name':'p','namespace':'d','uid':'1'},'spec':{'nodeName':'" + c.node()
                        + "','resourceClaims':[{'name':'gpu','resourceClaimName':'c'}]}}",
                Pod.class);
        ResourceClaim claim = read(
                "{'metadata':{'name':'c','namespace':'d'},'status':{'reservedFor':[" + c.reserved()
                        + "],'allocation':{'devices':{'results':[{'request':'r','driver':'x','pool':'n','device':'d0',"
                        + "'tolerations':[" + c.tolerations() + "]}]}}}}",
                ResourceClaim.class);
        List<ResourceSlice> slices = List.of(slice(1, ILL.replace("ill", "former")), slice(2, c.taints()));
        Optional<Instant> deadline = DeviceEvictionPlan.of(pod, new DeviceEvictionPlan.View() {
            @Override
            public Optional<ResourceClaim> claim(String name) {
                return Optional.of(claim);
            }

            @Override
            public List<ResourceSlice> pool(String driver, String pool) {
                assertEquals("x/n", driver + "/" + pool);
                return slices;
            }
        });
        assertEquals(
                c.expected(),
                deadline.map(at -> Duration.between(ADDED, at).toSeconds()).orElse(-1L));
    }

    private static ResourceSlice slice(long generation, String taints) {
        return read(
                "{'metadata':{'name':'s'},'spec':{'driver':'x','pool':{'name':'n','generation':" + generation
                        + ",'resourceSliceCount':1},'devices':[{'name':'d0','taints':[" + taints + "]}]}}",
                ResourceSlice.class);
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.MAPPER.readValue(json.replace('\'', '"'), type);
    }
}
