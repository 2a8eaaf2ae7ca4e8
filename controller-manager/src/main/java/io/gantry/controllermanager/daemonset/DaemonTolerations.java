package io.gantry.controllermanager.daemonset;

import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.Toleration;
import java.util.ArrayList;
import java.util.List;

/// What every daemon pod tolerates beyond its template (upstream `AddOrUpdateDaemonPodTolerations`): a daemon stays
/// on a node that is in trouble.
final class DaemonTolerations {
    private static final String PREFIX = "node.kubernetes.io/";

    private DaemonTolerations() {}

    static List<Toleration> of(PodSpec spec) {
        List<Toleration> tolerations = new ArrayList<>(spec.tolerations());
        add(tolerations, "not-ready", "NoExecute");
        add(tolerations, "unreachable", "NoExecute");
        add(tolerations, "disk-pressure", "NoSchedule");
        add(tolerations, "memory-pressure", "NoSchedule");
        add(tolerations, "pid-pressure", "NoSchedule");
        add(tolerations, "unschedulable", "NoSchedule");
        if (Boolean.TRUE.equals(spec.hostNetwork())) {
            add(tolerations, "network-unavailable", "NoSchedule");
        }
        return tolerations;
    }

    private static void add(List<Toleration> tolerations, String name, String effect) {
        Toleration added = new Toleration(PREFIX + name, "Exists", null, effect, null);
        if (!tolerations.contains(added)) {
            tolerations.add(added);
        }
    }
}
