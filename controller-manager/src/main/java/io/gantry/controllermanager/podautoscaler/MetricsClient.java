package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.CrossVersionObjectReference;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricIdentifier;
import java.util.List;
import java.util.Map;

/// Where metrics come from. Blocks; every failure is in upstream's words. Thread-safe.
interface MetricsClient {
    /// What pods use of a resource, by their names, in thousandths.
    ///
    /// @param selector of the pods, as text
    /// @param container whose use counts; empty for all of a pod
    Map<String, PodMetric> resource(String namespace, String selector, String resource, String container)
            throws MetricFailure;

    /// A metric of pods, by their names, in thousandths.
    Map<String, PodMetric> pods(String namespace, String selector, MetricIdentifier metric) throws MetricFailure;

    /// A metric of an object, in thousandths.
    long object(String namespace, CrossVersionObjectReference object, MetricIdentifier metric) throws MetricFailure;

    /// Every value of a metric from outside of the cluster, in thousandths.
    List<Long> external(String namespace, MetricIdentifier metric) throws MetricFailure;
}
