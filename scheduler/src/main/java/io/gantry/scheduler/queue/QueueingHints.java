package io.gantry.scheduler.queue;

import io.gantry.scheduler.extender.Extenders;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.Plugin;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.snapshot.PodInfo;

/// Which events may help a pod that found no node (KEP-4247): those that one of the plugins that rejected it says.
final class QueueingHints {
    private final Profiles profiles;

    QueueingHints(Profiles profiles) {
        this.profiles = profiles;
    }

    /// Whether to try the pod again. Nobody can tell of pods that no plugin or an extender rejected: always.
    boolean help(ClusterEvent event, QueuedPod queued) {
        if (event instanceof ClusterEvent.PodItself itself && !itself.after().equals(queued.pod())) {
            return false;
        }
        if (queued.rejectedBy().isEmpty() || queued.rejectedBy().contains(Extenders.NAME)) {
            return true;
        }
        for (Plugin plugin : profiles.of(queued.pod()).plugins()) {
            if (queued.rejectedBy().contains(plugin.name()) && plugin.mayHelp(event, queued.pod())) {
                return true;
            }
        }
        return false;
    }

    /// Whether a change of a pod can matter to plugins: the scheduler's own writes to the status do not, the
    /// names of claims that were made for it do.
    static boolean matters(PodInfo before, PodInfo after) {
        return !before.pod().spec().equals(after.pod().spec())
                || !before.labels().equals(after.labels())
                || !before.pod()
                        .status()
                        .resourceClaimStatuses()
                        .equals(after.pod().status().resourceClaimStatuses());
    }
}
