package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// The annotations by which a Deployment and its ReplicaSets keep revisions and sizes (upstream
/// `pkg/controller/deployment/util`).
final class Annotations {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAX = "deployment.kubernetes.io/max-replicas";
    private static final int MAX_HISTORY_CHARACTERS = 2000;

    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            REVISION_HISTORY,
            DESIRED,
            MAX,
            "deprecated.deployment.rollback.to");

    private Annotations() {}

    static long revision(Map<String, String> annotations) {
        try {
            return Long.parseLong(annotations.getOrDefault(REVISION, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static OptionalInt desired(ReplicaSet set) {
        return integer(set, DESIRED);
    }

    static OptionalInt max(ReplicaSet set) {
        return integer(set, MAX);
    }

    private static OptionalInt integer(ReplicaSet set, String name) {
        String value = set.metadata().annotations().get(name);
        try {
            return value == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /// The annotations of the new ReplicaSet: the deployment's own, the revision with its history, and for a set to be
    /// made the sizes.
    static Map<String, String> ofNewSet(
            Deployment deployment, Map<String, String> existing, long revision, boolean exists) {
        Map<String, String> result = new LinkedHashMap<>(existing);
        deployment.metadata().annotations().forEach((name, value) -> {
            if (!NOT_COPIED.contains(name)) {
                result.put(name, value);
            }
        });
        long before = revision(existing);
        if (before < revision) {
            result.put(REVISION, Long.toString(revision));
            if (existing.containsKey(REVISION)) {
                result.put(REVISION_HISTORY, history(existing, before));
            }
        }
        return exists ? result : withSizes(result, deployment);
    }

    private static String history(Map<String, String> existing, long before) {
        String old = existing.getOrDefault(REVISION_HISTORY, "");
        String history = old.isEmpty() ? Long.toString(before) : old + "," + before;
        while (history.length() > MAX_HISTORY_CHARACTERS) {
            history = history.substring(history.indexOf(',') + 1);
        }
        return history;
    }

    /// With the sizes that a later reconcile recognises a scaling by.
    static Map<String, String> withSizes(Map<String, String> annotations, Deployment deployment) {
        int desired = number(deployment.spec().replicas(), 1);
        Map<String, String> result = new LinkedHashMap<>(annotations);
        result.put(DESIRED, Integer.toString(desired));
        result.put(MAX, Integer.toString(desired + Sizes.maxSurge(deployment)));
        return result;
    }
}
