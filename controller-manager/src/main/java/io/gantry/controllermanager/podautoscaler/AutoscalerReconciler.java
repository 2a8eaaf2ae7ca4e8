package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.autoscaling.v1.scale.Scale;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.CrossVersionObjectReference;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscaler;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerBuilder;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.selector.Selector;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.podautoscaler.AutoscalerMetrics.Action;
import io.gantry.controllermanager.podautoscaler.AutoscalerMetrics.Outcome;
import io.gantry.controllermanager.podautoscaler.AutoscalerMetrics.Trouble;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a scale to the size that its autoscaler's metrics ask for, once a period (upstream
/// `pkg/controller/podautoscaler/horizontal.go`).
final class AutoscalerReconciler implements Reconciler<ObjectKey> {
    private static final Logger LOG = LoggerFactory.getLogger(AutoscalerReconciler.class);

    private final Lister<HorizontalPodAutoscaler> autoscalers;
    private final Lister<Pod> pods;
    private final Resource<HorizontalPodAutoscaler> resource;
    private final ScaleTargets targets;
    private final MetricsClient metrics;
    private final EventSink events;
    private final AutoscalerOptions options;
    private final Clock clock;
    private final Selecting selecting = new Selecting();
    private final AutoscalerMetrics figures = new AutoscalerMetrics();
    private final Map<ObjectKey, ScaleHistory> histories = new ConcurrentHashMap<>();

    /// Where the reconciler reads.
    record Listers(Lister<HorizontalPodAutoscaler> autoscalers, Lister<Pod> pods) {}

    AutoscalerReconciler(
            Listers listers,
            Resource<HorizontalPodAutoscaler> resource,
            ScaleTargets targets,
            MetricsClient metrics,
            EventSink events,
            AutoscalerOptions options,
            Clock clock) {
        this.autoscalers = listers.autoscalers();
        this.pods = listers.pods();
        this.resource = resource;
        this.targets = targets;
        this.metrics = metrics;
        this.events = events;
        this.options = options;
        this.clock = clock;
    }

    /// Prometheus text.
    String figures() {
        return figures.text();
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<HorizontalPodAutoscaler> found = autoscalers.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            histories.remove(key);
            selecting.remove(key);
            return Result.done();
        }
        HorizontalPodAutoscaler autoscaler = found.get();
        StatusDraft draft = new StatusDraft(autoscaler.status(), Fields.now(clock));
        long start = System.nanoTime();
        Outcome outcome = look(key, autoscaler, draft);
        boolean written = write(autoscaler, draft);
        figures.reconciled(written ? outcome : outcome.failing(), System.nanoTime() - start);
        return Result.requeueAfter(options.syncPeriod());
    }

    private Outcome look(ObjectKey key, HorizontalPodAutoscaler autoscaler, StatusDraft draft) {
        CrossVersionObjectReference target = autoscaler.spec().scaleTargetRef();
        Scale scale;
        try {
            scale = targets.read(key.namespace(), target);
        } catch (StatusException e) {
            String words = text(e.getMessage());
            events.event(autoscaler, EventSink.WARNING, "FailedGetScale", words);
            draft.unread(words);
            return Outcome.FAILED;
        }
        draft.condition(
                StatusDraft.ABLE,
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        ScaleHistory history = histories.computeIfAbsent(key, k -> new ScaleHistory());
        int current = ScaleTargets.wanted(scale);
        history.begin(current, clock.instant());
        Optional<Wish> wish = wish(key, autoscaler, scale, draft, history);
        return wish.map(w -> act(key, autoscaler, scale, draft, w)).orElse(Outcome.FAILED);
    }

    /// What is to be done.
    ///
    /// @param reason why the size is to change
    /// @param partial whether a metric said nothing
    private record Wish(int replicas, String reason, List<MetricStatus> metrics, boolean partial) {
        static Wish of(int replicas, String reason) {
            return new Wish(replicas, reason, List.of(), false);
        }

        Outcome outcome(Action action) {
            return new Outcome(action, partial ? Trouble.INTERNAL : Trouble.NONE);
        }
    }

    /// Empty when no metric says anything: then the draft does.
    private Optional<Wish> wish(
            ObjectKey key, HorizontalPodAutoscaler autoscaler, Scale scale, StatusDraft draft, ScaleHistory history) {
        int current = ScaleTargets.wanted(scale);
        int most = number(autoscaler.spec().maxReplicas());
        int least = SizeLimits.minimum(autoscaler.spec());
        if (current == 0) {
            draft.condition(
                    StatusDraft.ACTIVE,
                    false,
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            return Optional.of(Wish.of(0, ""));
        }
        if (current > most) {
            return Optional.of(Wish.of(most, "Current number of replicas above Spec.MaxReplicas"));
        }
        if (current < least) {
            return Optional.of(Wish.of(least, "Current number of replicas below Spec.MinReplicas"));
        }
        return evaluated(key, autoscaler, scale, draft)
                .map(asked -> limited(autoscaler, current, asked, draft, history));
    }

    private Wish limited(
            HorizontalPodAutoscaler autoscaler,
            int current,
            MetricsDecision.Asked asked,
            StatusDraft draft,
            ScaleHistory history) {
        String reason = asked.replicas() > current
                ? asked.name() + " above target"
                : asked.replicas() < current ? "All metrics below target" : "";
        SizeLimits.Allowed allowed =
                new SizeLimits(autoscaler.spec(), options, history, clock.instant()).apply(current, asked.replicas());
        draft.condition(StatusDraft.ABLE, true, allowed.ability());
        draft.condition(StatusDraft.LIMITED, allowed.limited(), allowed.limit());
        return new Wish(
                allowed.replicas(), reason, asked.statuses(), !asked.failures().isEmpty());
    }

    private Optional<MetricsDecision.Asked> evaluated(
            ObjectKey key, HorizontalPodAutoscaler autoscaler, Scale scale, StatusDraft draft) {
        int current = ScaleTargets.wanted(scale);
        String selector = text(scale.status().selector());
        Optional<String> trouble = trouble(key, autoscaler, selector, draft);
        if (trouble.isPresent()) {
            draft.sizes(current, null, List.of(), false);
            events.event(autoscaler, EventSink.WARNING, "FailedComputeMetricsReplicas", trouble.get());
            return Optional.empty();
        }
        Instant now = clock.instant();
        MetricEvaluation evaluation = new MetricEvaluation(
                metrics,
                options,
                Tolerances.of(autoscaler.spec().behavior(), options.tolerance()),
                key.namespace(),
                current,
                number(scale.status().replicas()),
                selector,
                selected(key, LabelSelectors.parse(selector)),
                now);
        MetricsDecision decision = MetricsDecision.of(autoscaler.spec().metrics(), evaluation, figures);
        decision.failures()
                .forEach(failed -> events.event(autoscaler, EventSink.WARNING, failed.reason(), failed.message()));
        return switch (decision) {
            case MetricsDecision.Asked asked -> {
                draft.condition(
                        StatusDraft.ACTIVE,
                        true,
                        "ValidMetricFound",
                        "the HPA was able to successfully calculate a replica count from " + asked.name());
                yield Optional.of(asked);
            }
            case MetricsDecision.Unknown unknown -> {
                draft.condition(
                        StatusDraft.ACTIVE,
                        false,
                        unknown.first().reason(),
                        "the HPA was unable to compute the replica count: "
                                + unknown.first().message());
                draft.sizes(current, null, unknown.statuses(), false);
                events.event(autoscaler, EventSink.WARNING, "FailedComputeMetricsReplicas", unknown.words());
                yield Optional.empty();
            }
        };
    }

    private List<Pod> selected(ObjectKey key, Selector selector) {
        return pods.inNamespace(key.namespace()).stream()
                .filter(pod -> selector.matches(pod.metadata().labels()))
                .toList();
    }

    /// What is wrong with the selector of the scale, if anything.
    private Optional<String> trouble(
            ObjectKey key, HorizontalPodAutoscaler autoscaler, String text, StatusDraft draft) {
        if (text.isEmpty()) {
            return trouble(
                    autoscaler,
                    draft,
                    "SelectorRequired",
                    "selector is required",
                    "InvalidSelector",
                    "the HPA target's scale is missing a selector");
        }
        Selector selector;
        try {
            selector = LabelSelectors.parse(text);
        } catch (StatusException e) {
            String words =
                    "couldn't convert selector into a corresponding internal selector object: " + text(e.getMessage());
            return trouble(autoscaler, draft, "InvalidSelector", words, "InvalidSelector", words);
        }
        selecting.put(key, selector);
        List<ObjectKey> all = selecting.of(key.namespace(), selected(key, selector));
        if (all.size() < 2) {
            return Optional.empty();
        }
        String names = String.join(
                " ", all.stream().map(k -> k.namespace() + "/" + k.name()).toList());
        String words = "pods by selector " + text + " are controlled by multiple HPAs: [" + names + "]";
        return trouble(autoscaler, draft, "AmbiguousSelector", words, "AmbiguousSelector", words);
    }

    private Optional<String> trouble(
            HorizontalPodAutoscaler autoscaler,
            StatusDraft draft,
            String event,
            String told,
            String reason,
            String message) {
        events.event(autoscaler, EventSink.WARNING, event, told);
        draft.condition(StatusDraft.ACTIVE, false, reason, message);
        return Optional.of(told);
    }

    private Outcome act(ObjectKey key, HorizontalPodAutoscaler autoscaler, Scale scale, StatusDraft draft, Wish wish) {
        int current = ScaleTargets.wanted(scale);
        if (wish.replicas() == current) {
            draft.sizes(current, current, wish.metrics(), false);
            return wish.outcome(Action.NONE);
        }
        CrossVersionObjectReference target = autoscaler.spec().scaleTargetRef();
        String size = "New size: " + wish.replicas() + "; reason: " + wish.reason();
        try {
            targets.write(key.namespace(), target, scale, wish.replicas());
        } catch (StatusException e) {
            String words = text(e.getMessage());
            events.event(autoscaler, EventSink.WARNING, "FailedRescale", size + "; error: " + words);
            draft.condition(
                    StatusDraft.ABLE,
                    false,
                    "FailedUpdateScale",
                    "the HPA controller was unable to update the target scale: " + words);
            draft.sizes(current, null, wish.metrics(), false);
            return Outcome.FAILED;
        }
        draft.condition(
                StatusDraft.ABLE,
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + wish.replicas());
        events.event(autoscaler, EventSink.NORMAL, "SuccessfulRescale", size);
        ScaleHistory history = histories.get(key);
        if (history != null) {
            history.scaled(current, wish.replicas(), clock.instant());
        }
        LOG.info("{} is scaled from {} to {}: {}", key, current, wish.replicas(), wish.reason());
        draft.sizes(current, wish.replicas(), wish.metrics(), true);
        return wish.outcome(Action.of(current, wish.replicas()));
    }

    private boolean write(HorizontalPodAutoscaler autoscaler, StatusDraft draft) {
        if (draft.status().equals(autoscaler.status())) {
            return true;
        }
        try {
            resource.updateStatus(HorizontalPodAutoscalerBuilder.builder(autoscaler)
                    .status(draft.status())
                    .build());
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                events.event(autoscaler, EventSink.WARNING, "FailedUpdateStatus", text(e.getMessage()));
                return false;
            }
        }
        return true;
    }
}
