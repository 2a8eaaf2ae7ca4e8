package io.gantry.kubelet.csi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.storage.v1.csinode.CSINodeSpec;
import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.csi.v1.Topology;
import io.gantry.kubelet.plugin.DriverPaths;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsiRulesTest {
    private static CsiVolume volume(String accessMode, String fsType, boolean readOnly) {
        String text = "{'metadata':{'name':'pv'},'spec':{'accessModes':['" + accessMode + "'],'csi':{'driver':'d',"
                + "'volumeHandle':'h','fsType':'" + fsType + "'}}}";
        return CsiVolume.of(Json.MAPPER.readValue(text.replace('\'', '"'), PersistentVolume.class), readOnly);
    }

    @ParameterizedTest
    @CsvSource({
        "ReadWriteOnce,false,SINGLE_NODE_WRITER",
        "ReadWriteOnce,true,SINGLE_NODE_MULTI_WRITER",
        "ReadWriteOncePod,false,SINGLE_NODE_WRITER",
        "ReadWriteOncePod,true,SINGLE_NODE_SINGLE_WRITER",
        "ReadOnlyMany,true,MULTI_NODE_READER_ONLY",
        "ReadWriteMany,false,MULTI_NODE_MULTI_WRITER"
    })
    void accessModes(String mode, boolean severalWriters, String expected) {
        Set<Type> can = severalWriters ? Set.of(Type.SINGLE_NODE_MULTI_WRITER) : Set.of();
        assertEquals(
                expected,
                CsiRequests.capability(volume(mode, "", false), can, OptionalLong.empty())
                        .getAccessMode()
                        .getMode()
                        .name());
    }

    @Test
    void aDriverThatCanIsGivenTheGroup() {
        CsiVolume volume = volume("ReadWriteOnce", "ext4", false);
        assertEquals(
                "7",
                CsiRequests.capability(volume, Set.of(Type.VOLUME_MOUNT_GROUP), OptionalLong.of(7))
                        .getMount()
                        .getVolumeMountGroup());
        assertEquals(
                "",
                CsiRequests.capability(volume, Set.of(), OptionalLong.of(7))
                        .getMount()
                        .getVolumeMountGroup());
    }

    @ParameterizedTest
    @CsvSource({
        "ReadWriteOnceWithFSType,ReadWriteOnce,ext4,false,true",
        "ReadWriteOnceWithFSType,ReadWriteOncePod,ext4,false,true",
        "ReadWriteOnceWithFSType,ReadWriteMany,ext4,false,false",
        "ReadWriteOnceWithFSType,ReadWriteOnce,,false,false",
        "File,ReadWriteMany,,false,true",
        "File,ReadWriteMany,,true,false",
        "None,ReadWriteOnce,ext4,false,false"
    })
    void whoseFilesGetThePodsGroup(String policy, String mode, String fsType, boolean readOnly, boolean expected) {
        assertEquals(expected, CsiRequests.groupApplies(volume(mode, fsType == null ? "" : fsType, readOnly), policy));
    }

    @Test
    void aNodeListsItsDrivers() {
        NodeGetInfoResponse info = NodeGetInfoResponse.newBuilder()
                .setNodeId("x")
                .setMaxVolumesPerNode(5)
                .setAccessibleTopology(Topology.newBuilder().putAllSegments(Map.of("zone", "z", "rack", "r")))
                .build();
        CSINodeSpec spec = NodeInfoPlan.withDriver(new CSINodeSpec(List.of()), "d", info);
        assertEquals(
                "{\"drivers\":[{\"name\":\"d\",\"nodeID\":\"x\",\"topologyKeys\":[\"rack\",\"zone\"],"
                        + "\"allocatable\":{\"count\":5}}]}",
                Json.MAPPER.writeValueAsString(spec));
        assertEquals(spec, NodeInfoPlan.withDriver(spec, "d", info));
        assertEquals(List.of(), NodeInfoPlan.withoutDriver(spec, "d").drivers());
        assertEquals(Map.of("a", "1", "d", "x"), NodeInfoPlan.withId(NodeInfoPlan.ids("{\"a\":\"1\"}"), "d", "x"));
    }

    @ParameterizedTest
    @CsvSource({
        "/var/lib/kubelet/plugins/d/csi.sock,/var/lib/kubelet/pods/u,/data/kubelet/plugins/d/csi.sock",
        "/data/kubelet/plugins/d/csi.sock,/data/kubelet/pods/u,/data/kubelet/plugins/d/csi.sock",
        "/run/d.sock,/data/kubelet/pods/u,/run/d.sock"
    })
    void driversKnowPathsByTheirManifests(String endpoint, String seen, String socket) {
        DriverPaths paths = new DriverPaths(Path.of("/data/kubelet"));
        assertEquals(Path.of(socket), paths.onNode(endpoint));
        assertEquals(Path.of(seen), paths.asSeenBy(endpoint, Path.of("/data/kubelet/pods/u")));
    }
}
