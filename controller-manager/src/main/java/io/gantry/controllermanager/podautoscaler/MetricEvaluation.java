package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ContainerResourceMetricSource;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ContainerResourceMetricStatus;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ExternalMetricSource;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ExternalMetricStatus;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricIdentifier;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricSpec;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricStatus;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricStatusBuilder;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricTarget;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricValueStatus;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ObjectMetricSource;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ObjectMetricStatus;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.PodsMetricSource;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.PodsMetricStatus;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ResourceMetricSource;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.ResourceMetricStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.Quantity;
import io.gantry.controllermanager.podautoscaler.ReplicaCalculator.Known;
import io.gantry.controllermanager.podautoscaler.ReplicaCalculator.Proposal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the metrics of one autoscaler ask for at one time. Reads metrics; otherwise pure.
///
/// @param current the size that is wanted now, `running` that which is there
/// @param selector of `pods`, as text
record MetricEvaluation(
        MetricsClient client,
        AutoscalerOptions options,
        Tolerances tolerances,
        String namespace,
        int current,
        int running,
        String selector,
        List<Pod> pods,
        Instant now) {
    static final String UNKNOWN_TYPE = "InvalidMetricSourceType";

    private static final int KIB = 1024;
    private static final int MILLIS = 1000;

    /// What one metric came to.
    sealed interface Outcome {}

    /// @param name how messages call the metric
    record Asked(int replicas, String name, MetricStatus status) implements Outcome {}

    /// @param reason of the condition and the event
    /// @param message of both; what follows "unable to compute the replica count"
    /// @param error what is said of all metrics together
    record Failed(String reason, String message, String error) implements Outcome {}

    Outcome of(MetricSpec spec) {
        return switch (spec.type()) {
            case "Resource" -> resource(Objects.requireNonNull(spec.resource()));
            case "ContainerResource" -> containerResource(Objects.requireNonNull(spec.containerResource()));
            case "Pods" -> pods(Objects.requireNonNull(spec.pods()));
            case "Object" -> object(Objects.requireNonNull(spec.object()));
            case "External" -> external(Objects.requireNonNull(spec.external()));
            default -> {
                String words = "unknown metric source type \"" + spec.type() + "\"";
                yield new Failed(UNKNOWN_TYPE, words, words);
            }
        };
    }

    private Outcome resource(ResourceMetricSource source) {
        try {
            Proposal proposal = use(source.name(), "", source.target());
            MetricValueStatus value = value(source.name(), proposal);
            return new Asked(
                    proposal.replicas(),
                    source.name()
                            + (proposal.utilization().isPresent()
                                    ? " resource utilization (percentage of request)"
                                    : " resource"),
                    status("Resource")
                            .resource(new ResourceMetricStatus(source.name(), value))
                            .build());
        } catch (MetricFailure e) {
            return new Failed(
                    "FailedGetResourceMetric",
                    e.words(),
                    "failed to get " + source.name() + " resource metric value: " + e.words());
        }
    }

    private Outcome containerResource(ContainerResourceMetricSource source) {
        try {
            Proposal proposal = use(source.name(), source.container(), source.target());
            MetricValueStatus value = value(source.name(), proposal);
            return new Asked(
                    proposal.replicas(),
                    source.name()
                            + (proposal.utilization().isPresent()
                                    ? " container resource utilization (percentage of request)"
                                    : " resource"),
                    status("ContainerResource")
                            .containerResource(
                                    new ContainerResourceMetricStatus(source.name(), value, source.container()))
                            .build());
        } catch (MetricFailure e) {
            return new Failed(
                    "FailedGetContainerResourceMetric",
                    e.words(),
                    "failed to get " + source.container() + " container metric value: " + e.words());
        }
    }

    private Proposal use(String resource, String container, MetricTarget target) throws MetricFailure {
        if (target.averageValue() == null && target.averageUtilization() == null) {
            throw new MetricFailure("invalid resource metric source: neither an average utilization target nor an"
                    + " average value (usage) target was set");
        }
        boolean isValue = target.averageValue() != null;
        try {
            Map<String, PodMetric> metrics;
            try {
                metrics = client.resource(namespace, selector, resource, container);
            } catch (MetricFailure e) {
                throw e.in("unable to get metrics for resource " + resource);
            }
            Known known = known(metrics, resource);
            if (isValue) {
                return ReplicaCalculator.mean(known, milli(target.averageValue()));
            }
            known.counting();
            return ReplicaCalculator.utilization(
                    known,
                    PodRequests.of(pods, container, resource),
                    Objects.requireNonNull(target.averageUtilization()));
        } catch (MetricFailure e) {
            throw e.in("failed to get " + resource + (isValue ? " usage" : " utilization"));
        }
    }

    private Known known(Map<String, PodMetric> metrics, String resource) {
        return new Known(current, pods, metrics, PodGroups.of(pods, metrics, resource, options, now), tolerances);
    }

    private Outcome pods(PodsMetricSource source) {
        MetricIdentifier metric = source.metric();
        try {
            Map<String, PodMetric> metrics;
            try {
                metrics = client.pods(namespace, selector, metric);
            } catch (MetricFailure e) {
                throw e.in("unable to get metric " + metric.name());
            }
            Proposal proposal = ReplicaCalculator.mean(
                    known(metrics, ""), milli(source.target().averageValue()));
            return new Asked(
                    proposal.replicas(),
                    "pods metric " + metric.name(),
                    status("Pods")
                            .pods(new PodsMetricStatus(metric, mean(proposal)))
                            .build());
        } catch (MetricFailure e) {
            return new Failed("FailedGetPodsMetric", e.words(), "failed to get pods metric value: " + e.words());
        }
    }

    private Outcome object(ObjectMetricSource source) {
        MetricIdentifier metric = source.metric();
        MetricTarget target = source.target();
        boolean isValue = "Value".equals(target.type()) && target.value() != null;
        try {
            if (!isValue && target.averageValue() == null) {
                throw new MetricFailure(
                        "invalid object metric source: neither a value target nor an average value target was set");
            }
            long usage;
            try {
                usage = client.object(namespace, source.describedObject(), metric);
            } catch (MetricFailure e) {
                throw new MetricFailure("unable to get metric " + metric.name() + ": "
                        + source.describedObject().kind() + " on " + namespace + " "
                        + source.describedObject().name() + "/" + e.words());
            }
            Proposal proposal = isValue
                    ? ReplicaCalculator.whole(current, usage, milli(target.value()), pods, tolerances)
                    : ReplicaCalculator.share(running, usage, milli(target.averageValue()), tolerances);
            return new Asked(
                    proposal.replicas(),
                    isValue ? source.describedObject().kind() + " metric " + metric.name() : externalName(metric),
                    status("Object")
                            .object(new ObjectMetricStatus(
                                    metric, isValue ? whole(proposal) : mean(proposal), source.describedObject()))
                            .build());
        } catch (MetricFailure e) {
            String nested = isValue || target.averageValue() == null
                    ? e.words()
                    : "failed to get " + metric.name() + " object metric: " + e.words();
            return new Failed("FailedGetObjectMetric", e.words(), "failed to get object metric value: " + nested);
        }
    }

    private Outcome external(ExternalMetricSource source) {
        MetricIdentifier metric = source.metric();
        MetricTarget target = source.target();
        boolean isMean = target.averageValue() != null;
        try {
            if (!isMean && target.value() == null) {
                throw new MetricFailure(
                        "invalid external metric source: neither a value target nor an average value target was set");
            }
            long usage = external(metric);
            Proposal proposal = isMean
                    ? ReplicaCalculator.share(running, usage, milli(target.averageValue()), tolerances)
                    : ReplicaCalculator.whole(current, usage, milli(target.value()), pods, tolerances);
            return new Asked(
                    proposal.replicas(),
                    externalName(metric),
                    status("External")
                            .external(new ExternalMetricStatus(metric, isMean ? mean(proposal) : whole(proposal)))
                            .build());
        } catch (MetricFailure e) {
            String nested = isMean
                    ? "failed to get " + metric.name() + " external metric: " + e.words()
                    : target.value() == null
                            ? e.words()
                            : "failed to get external metric " + metric.name() + ": " + e.words();
            return new Failed(
                    "FailedGetExternalMetric",
                    e.words(),
                    "failed to get " + metric.name() + " external metric value: " + nested);
        }
    }

    /// The sum of all values; what does not fit is the greatest.
    private long external(MetricIdentifier metric) throws MetricFailure {
        try {
            long sum = 0;
            for (long value : client.external(namespace, metric)) {
                sum = value > 0 && sum > Long.MAX_VALUE - value ? Long.MAX_VALUE : sum + value;
            }
            return sum;
        } catch (MetricFailure e) {
            throw e.in("unable to get external metric " + namespace + "/" + metric.name() + "/"
                    + SelectorWords.of(metric.selector()));
        }
    }

    private static String externalName(MetricIdentifier metric) {
        return "external metric " + metric.name() + "(" + SelectorWords.of(metric.selector()) + ")";
    }

    private static MetricStatusBuilder status(String type) {
        return MetricStatusBuilder.builder().type(type);
    }

    private static MetricValueStatus value(String resource, Proposal proposal) {
        Quantity mean = resource.equals("memory") ? bytes(proposal.usage()) : Quantity.ofMilli(proposal.usage());
        return new MetricValueStatus(
                null,
                mean,
                proposal.utilization().isPresent() ? proposal.utilization().getAsInt() : null);
    }

    /// Whole bytes with a binary suffix, as Go writes them.
    private static Quantity bytes(long milli) {
        return Math.abs(milli) < (long) KIB * MILLIS
                ? Quantity.ofMilli(milli)
                : Quantity.ofBytes(Math.ceilDiv(milli, MILLIS));
    }

    private static MetricValueStatus mean(Proposal proposal) {
        return new MetricValueStatus(null, Quantity.ofMilli(proposal.usage()), null);
    }

    private static MetricValueStatus whole(Proposal proposal) {
        return new MetricValueStatus(Quantity.ofMilli(proposal.usage()), null, null);
    }

    private static long milli(@Nullable Quantity quantity) {
        return quantity == null ? 0 : quantity.milliValue();
    }

    /// Of an autoscaler without this metric's value: upstream leaves an entry that says nothing.
    static MetricStatus nothing() {
        return status("").build();
    }

    /// How messages name an autoscaler's target.
    static String reference(@Nullable String kind, String namespace, @Nullable String name) {
        return text(kind) + "/" + namespace + "/" + text(name);
    }
}
