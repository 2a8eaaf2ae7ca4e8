package io.gantry.controllermanager.statemetrics;

import io.gantry.api.apps.v1.daemonset.DaemonSet;
import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentCondition;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscaler;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerKind;
import io.gantry.api.batch.v1.cronjob.CronJob;
import io.gantry.api.batch.v1.cronjob.CronJobKind;
import io.gantry.api.batch.v1.job.Job;
import io.gantry.api.batch.v1.job.JobCondition;
import io.gantry.api.batch.v1.job.JobKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What makes pods.
final class WorkloadMetrics {
    private WorkloadMetrics() {}

    static List<Family<?>> families() {
        return List.of(
                deployments(),
                statefulSets(),
                daemonSets(),
                replicaSets(),
                jobs(),
                cronJobs(),
                autoscalers(),
                budgets());
    }

    private static Family<Deployment> deployments() {
        return Family.namespaced(DeploymentKind.KIND, "deployment")
                .created()
                .gauge("status_replicas", (d, s) -> s.count(d.status().replicas()))
                .gauge("status_replicas_ready", (d, s) -> s.count(d.status().readyReplicas()))
                .gauge("status_replicas_available", (d, s) -> s.count(d.status().availableReplicas()))
                .gauge(
                        "status_replicas_unavailable",
                        (d, s) -> s.count(d.status().unavailableReplicas()))
                .gauge("status_replicas_updated", (d, s) -> s.count(d.status().updatedReplicas()))
                .gauge(
                        "status_observed_generation",
                        (d, s) -> s.count(d.status().observedGeneration()))
                .gauge("status_condition", WorkloadMetrics::conditions)
                .gauge("spec_replicas", (d, s) -> s.number(d.spec().replicas()))
                .gauge(
                        "spec_paused",
                        (d, s) -> s.flag(Boolean.TRUE.equals(d.spec().paused())))
                .gauge("metadata_generation", (d, s) -> s.number(d.metadata().generation()));
    }

    private static void conditions(Deployment deployment, Samples samples) throws IOException {
        for (DeploymentCondition condition : deployment.status().conditions()) {
            Family.answers(
                    samples, condition.status(), "status", "reason", condition.reason(), "condition", condition.type());
        }
    }

    private static Family<StatefulSet> statefulSets() {
        return Family.namespaced(StatefulSetKind.KIND, "statefulset")
                .created()
                .gauge("status_replicas", (d, s) -> s.count(d.status().replicas()))
                .gauge("status_replicas_available", (d, s) -> s.count(d.status().availableReplicas()))
                .gauge("status_replicas_current", (d, s) -> s.count(d.status().currentReplicas()))
                .gauge("status_replicas_ready", (d, s) -> s.count(d.status().readyReplicas()))
                .gauge("status_replicas_updated", (d, s) -> s.count(d.status().updatedReplicas()))
                .gauge(
                        "status_observed_generation",
                        (d, s) -> s.count(d.status().observedGeneration()))
                .gauge("replicas", (d, s) -> s.number(d.spec().replicas()))
                .gauge("metadata_generation", (d, s) -> s.number(d.metadata().generation()));
    }

    private static Family<DaemonSet> daemonSets() {
        return Family.namespaced(DaemonSetKind.KIND, "daemonset")
                .created()
                .gauge(
                        "status_current_number_scheduled",
                        (d, s) -> s.count(d.status().currentNumberScheduled()))
                .gauge(
                        "status_desired_number_scheduled",
                        (d, s) -> s.count(d.status().desiredNumberScheduled()))
                .gauge("status_number_available", (d, s) -> s.count(d.status().numberAvailable()))
                .gauge(
                        "status_number_misscheduled",
                        (d, s) -> s.count(d.status().numberMisscheduled()))
                .gauge("status_number_ready", (d, s) -> s.count(d.status().numberReady()))
                .gauge("status_number_unavailable", (d, s) -> s.count(d.status().numberUnavailable()))
                .gauge(
                        "status_observed_generation",
                        (d, s) -> s.count(d.status().observedGeneration()))
                .gauge(
                        "status_updated_number_scheduled",
                        (d, s) -> s.count(d.status().updatedNumberScheduled()))
                .gauge("metadata_generation", (d, s) -> s.number(d.metadata().generation()));
    }

    private static Family<ReplicaSet> replicaSets() {
        return Family.namespaced(ReplicaSetKind.KIND, "replicaset")
                .created()
                .gauge("status_replicas", (d, s) -> s.count(d.status().replicas()))
                .gauge(
                        "status_fully_labeled_replicas",
                        (d, s) -> s.count(d.status().fullyLabeledReplicas()))
                .gauge("status_ready_replicas", (d, s) -> s.count(d.status().readyReplicas()))
                .gauge(
                        "status_observed_generation",
                        (d, s) -> s.count(d.status().observedGeneration()))
                .gauge("spec_replicas", (d, s) -> s.number(d.spec().replicas()))
                .gauge("metadata_generation", (d, s) -> s.number(d.metadata().generation()))
                .gauge("owner", (d, s) -> PodMetrics.owners(d.metadata().ownerReferences(), s));
    }

    private static Family<Job> jobs() {
        return Family.namespaced(JobKind.KIND, "job", "job_name")
                .gauge("info", (d, s) -> s.add(1))
                .created()
                .gauge("spec_parallelism", (d, s) -> s.number(d.spec().parallelism()))
                .gauge("spec_completions", (d, s) -> s.number(d.spec().completions()))
                .gauge("status_succeeded", (d, s) -> s.count(d.status().succeeded()))
                .gauge("status_failed", WorkloadMetrics::failed)
                .gauge("status_active", (d, s) -> s.count(d.status().active()))
                .gauge("complete", (d, s) -> finished(d, "Complete", s))
                .gauge("failed", (d, s) -> finished(d, "Failed", s))
                .gauge("status_start_time", (d, s) -> s.time(d.status().startTime()))
                .gauge("status_completion_time", (d, s) -> s.time(d.status().completionTime()))
                .gauge("owner", (d, s) -> PodMetrics.owners(d.metadata().ownerReferences(), s));
    }

    private static void failed(Job job, Samples samples) throws IOException {
        Integer failed = job.status().failed();
        @Nullable
        String reason = job.status().conditions().stream()
                .filter(condition -> condition.type().equals("Failed"))
                .map(JobCondition::reason)
                .findFirst()
                .orElse("");
        samples.add(failed == null ? 0 : failed, "reason", reason);
    }

    private static void finished(Job job, String type, Samples samples) throws IOException {
        for (JobCondition condition : job.status().conditions()) {
            if (condition.type().equals(type)) {
                Family.answers(samples, condition.status(), "condition");
            }
        }
    }

    private static Family<CronJob> cronJobs() {
        return Family.namespaced(CronJobKind.KIND, "cronjob")
                .gauge(
                        "info",
                        (d, s) -> s.add(
                                1,
                                "schedule",
                                d.spec().schedule(),
                                "concurrency_policy",
                                d.spec().concurrencyPolicy(),
                                "timezone",
                                d.spec().timeZone()))
                .created()
                .gauge("status_active", (d, s) -> s.count(d.status().active().size()))
                .gauge("status_last_schedule_time", (d, s) -> s.time(d.status().lastScheduleTime()))
                .gauge(
                        "spec_suspend",
                        (d, s) -> s.flag(Boolean.TRUE.equals(d.spec().suspend())))
                .gauge(
                        "spec_starting_deadline_seconds",
                        (d, s) -> s.number(d.spec().startingDeadlineSeconds()));
    }

    private static Family<HorizontalPodAutoscaler> autoscalers() {
        return Family.namespaced(HorizontalPodAutoscalerKind.KIND, "horizontalpodautoscaler")
                .gauge("metadata_generation", (d, s) -> s.number(d.metadata().generation()))
                .gauge("spec_max_replicas", (d, s) -> s.number(d.spec().maxReplicas()))
                .gauge("spec_min_replicas", (d, s) -> s.number(d.spec().minReplicas()))
                .gauge("status_current_replicas", (d, s) -> s.count(d.status().currentReplicas()))
                .gauge("status_desired_replicas", (d, s) -> s.count(d.status().desiredReplicas()));
    }

    private static Family<PodDisruptionBudget> budgets() {
        return Family.namespaced(PodDisruptionBudgetKind.KIND, "poddisruptionbudget")
                .created()
                .gauge("status_current_healthy", (d, s) -> s.count(d.status().currentHealthy()))
                .gauge("status_desired_healthy", (d, s) -> s.count(d.status().desiredHealthy()))
                .gauge(
                        "status_pod_disruptions_allowed",
                        (d, s) -> s.count(d.status().disruptionsAllowed()))
                .gauge("status_expected_pods", (d, s) -> s.count(d.status().expectedPods()))
                .gauge(
                        "status_observed_generation",
                        (d, s) -> s.count(d.status().observedGeneration()));
    }
}
