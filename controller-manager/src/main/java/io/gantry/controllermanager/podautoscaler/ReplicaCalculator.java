package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// How many pods a metric asks for (upstream `replica_calculator.go`). Pure.
final class ReplicaCalculator {
    private static final int PERCENT = 100;

    private ReplicaCalculator() {}

    /// @param usage what is used now, in thousandths: a mean over pods, or the whole
    /// @param utilization the same in percent of what is requested, where that is the target
    record Proposal(int replicas, long usage, OptionalInt utilization) {
        static Proposal of(int replicas, long usage) {
            return new Proposal(replicas, usage, OptionalInt.empty());
        }
    }

    /// What is known of the pods of a scale.
    ///
    /// @param current the size that is wanted now
    /// @param metrics by the pods' names
    record Known(int current, List<Pod> pods, Map<String, PodMetric> metrics, PodGroups groups, Tolerances tolerances) {
        /// @throws MetricFailure when there are no pods
        Known {
            pods = List.copyOf(pods);
        }

        /// The metrics that count.
        Map<String, PodMetric> counting() throws MetricFailure {
            if (pods.isEmpty()) {
                throw new MetricFailure("no pods returned by selector while calculating replica count");
            }
            Map<String, PodMetric> counting = new HashMap<>(metrics);
            counting.keySet().removeAll(groups.ignored());
            counting.keySet().removeAll(groups.unready());
            if (counting.isEmpty()) {
                throw new MetricFailure("did not receive metrics for targeted pods (pods might be unready)");
            }
            return counting;
        }
    }

    /// How the use is compared with its target.
    private interface Ratio {
        double of(Map<String, PodMetric> metrics) throws MetricFailure;
    }

    /// @param requests by the pods' names, in thousandths
    /// @param target in percent of what is requested
    static Proposal utilization(Known known, Map<String, Long> requests, int target) throws MetricFailure {
        Map<String, PodMetric> metrics = known.counting();
        Utilization now = Utilization.of(metrics, requests);
        // Where less is wanted, a pod of which nothing is known uses all that it requests, or its target.
        Map<String, Long> fallback = new HashMap<>();
        known.groups()
                .missing()
                .forEach(
                        pod -> fallback.put(pod, requests.getOrDefault(pod, 0L) * Math.max(PERCENT, target) / PERCENT));
        int replicas = replicas(
                known,
                metrics,
                fallback,
                all -> (double) Utilization.of(all, requests).percent() / target);
        return new Proposal(replicas, now.mean(), OptionalInt.of(now.percent()));
    }

    /// @param target of a mean over pods, in thousandths
    static Proposal mean(Known known, long target) throws MetricFailure {
        Map<String, PodMetric> metrics = known.counting();
        Map<String, Long> fallback = new HashMap<>();
        known.groups().missing().forEach(pod -> fallback.put(pod, target));
        long mean = mean(metrics);
        return Proposal.of(replicas(known, metrics, fallback, all -> (double) mean(all) / target), mean);
    }

    /// @param fallback what pods without a metric use where less is wanted
    private static int replicas(Known known, Map<String, PodMetric> metrics, Map<String, Long> fallback, Ratio ratio)
            throws MetricFailure {
        double now = ratio.of(metrics);
        boolean growsWithUnready = !known.groups().unready().isEmpty() && now > 1;
        if (!growsWithUnready && known.groups().missing().isEmpty()) {
            return known.tolerances().allow(now)
                    ? known.current()
                    : ceil(now * known.groups().ready());
        }
        Map<String, PodMetric> all = new HashMap<>(metrics);
        for (String pod : known.groups().missing()) {
            if (now < 1) {
                all.put(pod, PodMetric.assumed(fallback.getOrDefault(pod, 0L)));
            } else if (now > 1) {
                all.put(pod, PodMetric.assumed(0));
            }
        }
        if (growsWithUnready) {
            known.groups().unready().forEach(pod -> all.put(pod, PodMetric.assumed(0)));
        }
        double assumed = ratio.of(all);
        int replicas = ceil(assumed * all.size());
        boolean turns = now < 1 && assumed > 1
                || now > 1 && assumed < 1
                || assumed < 1 && replicas > known.current()
                || assumed > 1 && replicas < known.current();
        return known.tolerances().allow(assumed) || turns ? known.current() : replicas;
    }

    /// Of a metric of something that the pods share.
    ///
    /// @param pods of the scale
    /// @param target of the whole, in thousandths
    static Proposal whole(int current, long usage, long target, List<Pod> pods, Tolerances tolerances)
            throws MetricFailure {
        double ratio = (double) usage / target;
        if (current == 0) {
            return Proposal.of(ceil(ratio), usage);
        }
        if (tolerances.allow(ratio)) {
            return Proposal.of(current, usage);
        }
        if (pods.isEmpty()) {
            throw new MetricFailure(
                    "unable to calculate ready pods: no pods returned by selector while calculating replica count");
        }
        long ready = pods.stream()
                .filter(pod -> Pods.phase(pod).equals("Running") && Pods.isReady(pod))
                .count();
        return Proposal.of(ceil(ratio * ready), usage);
    }

    /// Of a metric of something that the pods share, whose target is each pod's share.
    ///
    /// @param running how many pods there are
    /// @param target of a pod's share, in thousandths
    static Proposal share(int running, long usage, long target, Tolerances tolerances) {
        double ratio = usage / ((double) target * running);
        int replicas = tolerances.allow(ratio) ? running : ceil((double) usage / target);
        long mean = usage == Long.MAX_VALUE ? usage : (long) Math.ceil((double) usage / running);
        return Proposal.of(replicas, mean);
    }

    private static long mean(Map<String, PodMetric> metrics) {
        return metrics.values().stream().mapToLong(PodMetric::value).sum() / metrics.size();
    }

    /// At most what fits.
    private static int ceil(double replicas) {
        return (int) Math.ceil(replicas);
    }

    /// The use of pods that are known, in percent of their requests, and their mean.
    private record Utilization(int percent, long mean) {
        static Utilization of(Map<String, PodMetric> metrics, Map<String, Long> requests) throws MetricFailure {
            long used = 0;
            long requested = 0;
            int count = 0;
            for (Map.Entry<String, PodMetric> metric : metrics.entrySet()) {
                Long request = requests.get(metric.getKey());
                if (request != null) {
                    used += metric.getValue().value();
                    requested += request;
                    count++;
                }
            }
            if (requested == 0) {
                throw new MetricFailure("no metrics returned matched known pods");
            }
            return new Utilization((int) (used * PERCENT / requested), used / count);
        }
    }
}
