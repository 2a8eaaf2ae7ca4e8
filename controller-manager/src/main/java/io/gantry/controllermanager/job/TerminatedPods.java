package io.gantry.controllermanager.job;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.informer.InformerHandler;

/// Counts pods that begin and end to wait for being counted by a Job: they have ended and carry its finalizer (upstream
/// `recordFinishedPodWithTrackingFinalizer`).
record TerminatedPods(JobMetrics metrics) implements InformerHandler<Pod> {
    private static boolean waits(Pod pod) {
        String phase = pod.status().phase();
        return ("Succeeded".equals(phase) || "Failed".equals(phase)) && JobPod.isTracked(pod);
    }

    @Override
    public void added(Pod now) {
        metrics.terminated(false, waits(now));
    }

    @Override
    public void updated(Pod before, Pod now) {
        metrics.terminated(waits(before), waits(now));
    }

    @Override
    public void deleted(Pod last) {
        metrics.terminated(waits(last), false);
    }
}
