package io.gantry.kubelet.csi;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.storage.v1.csinode.CSINodeDriver;
import io.gantry.api.storage.v1.csinode.CSINodeSpec;
import io.gantry.api.storage.v1.csinode.VolumeNodeResources;
import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// What the cluster is to know of a node's drivers. Pure.
final class NodeInfoPlan {
    private NodeInfoPlan() {}

    /// Node ids by driver, as the annotation has them.
    static Map<String, String> ids(String annotation) {
        if (annotation.isEmpty()) {
            return Map.of();
        }
        try {
            return Json.MAPPER.readValue(annotation, new TypeReference<TreeMap<String, String>>() {});
        } catch (JacksonException malformed) {
            throw StatusException.badRequest("failed to parse node's \"" + CsiNodeInfo.NODE_IDS
                    + "\" annotation value (\"" + annotation + "\") err=" + malformed.getOriginalMessage());
        }
    }

    static Map<String, String> withId(Map<String, String> ids, String driver, String id) {
        Map<String, String> all = new TreeMap<>(ids);
        all.put(driver, id);
        return all;
    }

    static Map<String, String> withoutId(Map<String, String> ids, String driver) {
        Map<String, String> rest = new TreeMap<>(ids);
        rest.remove(driver);
        return rest;
    }

    /// A driver may not move a node to another place.
    static void checkTopology(Map<String, String> labels, Map<String, String> topology) {
        topology.forEach((key, value) -> {
            String has = labels.get(key);
            if (has != null && !has.equals(value)) {
                throw StatusException.badRequest(
                        "error updating Node object with CSI driver node info: detected topology"
                                + " value collision: driver reported \"" + key + "\":\"" + value
                                + "\" but existing label is \""
                                + key + "\":\"" + has + "\"");
            }
        });
    }

    static CSINodeSpec withDriver(CSINodeSpec spec, String name, NodeGetInfoResponse info) {
        CSINodeDriver driver = new CSINodeDriver(
                name,
                info.getNodeId(),
                info.getAccessibleTopology().getSegmentsMap().keySet().stream()
                        .sorted()
                        .toList(),
                limit(info.getMaxVolumesPerNode()));
        if (spec.drivers().stream().anyMatch(had -> sameTopics(had, driver))) {
            return spec;
        }
        List<CSINodeDriver> drivers = new ArrayList<>(withoutDriver(spec, name).drivers());
        drivers.add(driver);
        return new CSINodeSpec(drivers);
    }

    private static boolean sameTopics(CSINodeDriver had, CSINodeDriver now) {
        return had.name().equals(now.name())
                && had.nodeID().equals(now.nodeID())
                && Set.copyOf(had.topologyKeys()).equals(Set.copyOf(now.topologyKeys()))
                && Objects.equals(had.allocatable(), now.allocatable());
    }

    /// Null for no limit.
    private static @Nullable VolumeNodeResources limit(long most) {
        return most <= 0 ? null : new VolumeNodeResources((int) Math.min(most, Integer.MAX_VALUE));
    }

    static CSINodeSpec withoutDriver(CSINodeSpec spec, String name) {
        return new CSINodeSpec(spec.drivers().stream()
                .filter(driver -> !driver.name().equals(name))
                .toList());
    }
}
