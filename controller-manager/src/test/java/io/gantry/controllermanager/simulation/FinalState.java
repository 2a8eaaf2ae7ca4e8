package io.gantry.controllermanager.simulation;

import io.gantry.api.apps.v1.controllerrevision.ControllerRevisionKind;
import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What must be true once nothing changes any more.
final class FinalState {
    private final MemoryApi api;
    private final List<String> wrong = new ArrayList<>();

    private FinalState(MemoryApi api) {
        this.api = api;
    }

    /// What is not as it should be.
    static List<String> complaints(Simulation simulation) {
        FinalState state = new FinalState(simulation.api);
        state.noOrphans();
        state.nothingWaits();
        state.replicas(DeploymentKind.KIND);
        state.replicas(ReplicaSetKind.KIND);
        state.replicas(StatefulSetKind.KIND);
        state.replicas(ReplicationControllerKind.KIND);
        state.deployments();
        state.daemons();
        state.wrong.addAll(FinalNetwork.complaints(simulation.api));
        state.wrong.addAll(FinalVolumes.complaints(simulation.api));
        state.wrong.addAll(FinalClaims.complaints(simulation.api));
        state.wrong.addAll(FinalScheduling.complaints(simulation.api));
        state.jobs(simulation.kubelets.endings());
        return state.wrong;
    }

    private void noOrphans() {
        Set<String> uids = new HashSet<>();
        KindCatalog.all().forEach(d -> api.all(d.kind()).forEach(o -> uids.add(uid(o))));
        for (Kind<?> kind : List.<Kind<?>>of(PodKind.KIND, ReplicaSetKind.KIND, ControllerRevisionKind.KIND)) {
            for (ObjectNode object : api.all(kind)) {
                for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
                    if (!uids.contains(owner.path("uid").asString(""))) {
                        wrong.add(kind.name() + " " + name(object) + " outlived "
                                + owner.path("name").asString(""));
                    }
                }
            }
        }
    }

    private void nothingWaits() {
        KindCatalog.all()
                .forEach(d -> api.all(d.kind()).forEach(object -> {
                    if (object.path("metadata").has("deletionTimestamp")) {
                        wrong.add(d.kind().name() + " " + name(object) + " is still being deleted, with finalizers "
                                + object.path("metadata").path("finalizers"));
                    }
                }));
    }

    private void replicas(Kind<?> kind) {
        for (ObjectNode object : api.all(kind)) {
            int wanted = object.path("spec").path("replicas").asInt(1);
            int ready = object.path("status").path("readyReplicas").asInt(0);
            int present = object.path("status").path("replicas").asInt(0);
            long pods = kind.equals(DeploymentKind.KIND) ? wanted : podsOf(uid(object));
            if (ready != wanted || present != wanted || pods != wanted) {
                wrong.add(kind.name() + " " + name(object) + " wants " + wanted + ", says " + present + ", ready "
                        + ready + ", pods " + pods);
            }
        }
    }

    /// But for those that a node refused, which stay for whoever wants to know why.
    private long podsOf(String owner) {
        return api.all(PodKind.KIND).stream()
                .filter(p -> !p.path("status").path("phase").asString("").equals("Failed"))
                .filter(p ->
                        p.at("/metadata/ownerReferences/0/uid").asString("").equals(owner))
                .count();
    }

    private void deployments() {
        for (ObjectNode deployment : api.all(DeploymentKind.KIND)) {
            long active = api.all(ReplicaSetKind.KIND).stream()
                    .filter(r ->
                            r.at("/metadata/ownerReferences/0/uid").asString("").equals(uid(deployment)))
                    .filter(r -> r.path("spec").path("replicas").asInt(0) > 0)
                    .count();
            if (active != 1) {
                wrong.add("Deployment " + name(deployment) + " has " + active + " active ReplicaSets");
            }
        }
    }

    /// Each node has one; no pod is where no node is.
    private void daemons() {
        Set<String> nodes = new HashSet<>();
        api.all(NodeKind.KIND).forEach(n -> nodes.add(name(n)));
        for (ObjectNode set : api.all(DaemonSetKind.KIND)) {
            List<String> on = new ArrayList<>();
            for (ObjectNode pod : api.all(PodKind.KIND)) {
                if (pod.at("/metadata/ownerReferences/0/uid").asString("").equals(uid(set))) {
                    on.add(pod.path("spec").path("nodeName").asString(""));
                }
            }
            if (on.size() != nodes.size() || !nodes.containsAll(on)) {
                wrong.add("DaemonSet " + name(set) + " is on " + on + " of " + nodes);
            }
            if (set.path("status").path("numberAvailable").asInt(0) != nodes.size()) {
                wrong.add("DaemonSet " + name(set) + " says " + set.path("status"));
            }
        }
        for (ObjectNode pod : api.all(PodKind.KIND)) {
            String node = pod.path("spec").path("nodeName").asString("");
            if (!nodes.contains(node)) {
                wrong.add("Pod " + name(pod) + " is on node \"" + node + "\" which is not there");
            }
        }
    }

    /// Every end of a pod was counted once.
    private void jobs(Map<String, String> endings) {
        for (ObjectNode job : api.all(JobKind.KIND)) {
            JsonNode status = job.path("status");
            boolean over = status.path("conditions")
                    .valueStream()
                    .anyMatch(c ->
                            Set.of("Complete", "Failed").contains(c.path("type").asString("")));
            if (!over) {
                wrong.add("Job " + name(job) + " is not over: " + status);
            }
            boolean indexed =
                    job.path("spec").path("completionMode").asString("").equals("Indexed");
            boolean failed = status.path("conditions")
                    .valueStream()
                    .anyMatch(c -> c.path("type").asString("").equals("Failed"));
            if (!indexed) {
                all(job);
            }
            if (!failed) {
                failures(job, endings);
            }
            if (!status.path("uncountedTerminatedPods").path("succeeded").isEmpty()
                    || !status.path("uncountedTerminatedPods").path("failed").isEmpty()) {
                wrong.add("Job " + name(job) + " has uncounted pods: " + status);
            }
        }
    }

    /// Each pod that ever was is counted one way or the other; when a lost answer made one too many, those
    /// that still ran when the Job was complete are not (as upstream). Which way is open for those that ran
    /// when the Job failed: they count as failed at once, and may end well while they are being deleted.
    private void all(ObjectNode job) {
        JsonNode status = job.path("status");
        int succeeded = status.path("succeeded").asInt(0);
        int counted = succeeded + status.path("failed").asInt(0);
        boolean enough = succeeded >= job.path("spec").path("completions").asInt(1);
        if (counted > made(job) || counted < made(job) && !enough) {
            wrong.add("Job " + name(job) + " had " + made(job) + " pods and counted " + counted);
        }
    }

    private long made(ObjectNode job) {
        return api.log().stream()
                .filter(c -> c.kind().equals(PodKind.KIND))
                .filter(c -> c.object()
                        .at("/metadata/ownerReferences/0/uid")
                        .asString("")
                        .equals(uid(job)))
                .map(c -> uid(c.object()))
                .distinct()
                .count();
    }

    /// A pod that did not end well has failed, also one that was deleted because its index had two.
    private void failures(ObjectNode job, Map<String, String> endings) {
        long well = endings.values().stream()
                .filter(e -> e.equals(uid(job) + " Succeeded"))
                .count();
        int counted = job.path("status").path("failed").asInt(0);
        boolean allCounted = job.path("status").path("succeeded").asInt(0) + counted == made(job);
        if (counted > made(job) - well || allCounted && counted != made(job) - well) {
            wrong.add("Job " + name(job) + " says failed " + counted + ", but " + (made(job) - well) + " pods did");
        }
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asString("");
    }
}
