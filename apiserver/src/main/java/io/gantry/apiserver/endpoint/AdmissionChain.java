package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.component.Histogram;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// The admission plugins, in order. Thread-safe.
public final class AdmissionChain {
    /// Nothing is looked at.
    static final AdmissionChain NONE = new AdmissionChain(List.of(), new AdmissionMetrics());

    private final AdmissionMetrics metrics;
    private final List<AdmissionPlugin> mutating;
    private final List<AdmissionPlugin> validating;
    private final List<AdmissionPlugin> all;
    private final Map<AdmissionAttributes.Operation, Times> admitted = new ConcurrentHashMap<>();
    private final Map<AdmissionAttributes.Operation, Times> validated = new ConcurrentHashMap<>();

    /// Where the times of requests that nobody refuses go: one place a plugin, and one for all together.
    private record Times(List<Histogram.Cells> plugins, Histogram.Cells step) {}

    /// @param metrics how long they take
    public AdmissionChain(List<AdmissionPlugin> plugins, AdmissionMetrics metrics) {
        this.metrics = metrics;
        this.all = List.copyOf(plugins);
        this.mutating =
                plugins.stream().filter(plugin -> does("mutate", plugin)).toList();
        this.validating =
                plugins.stream().filter(plugin -> does("validate", plugin)).toList();
    }

    /// Whether a plugin has a step of its own. Each step is timed, which would cost more than most that do nothing.
    private static boolean does(String step, AdmissionPlugin plugin) {
        try {
            return !plugin.getClass()
                    .getMethod(step, AdmissionAttributes.class, ObjectNode.class, Optional.class)
                    .getDeclaringClass()
                    .equals(AdmissionPlugin.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every plugin has " + step, e);
        }
    }

    /// Whether all of it computes little and asks nobody outside the server, as things stand now.
    boolean isBrief() {
        for (AdmissionPlugin plugin : all) {
            if (!plugin.isBrief()) {
                return false;
            }
        }
        return true;
    }

    /// Admits an object that is posted to a subresource.
    void admitPosted(Call call, ObjectNode object, WriteOptions options) {
        AdmissionAttributes attributes = call.admission(
                AdmissionAttributes.Operation.CREATE,
                call.info().name(),
                options.dryRun(),
                options.tree("CreateOptions"));
        mutate(attributes, object, Optional.empty());
        validate(attributes, object, Optional.empty());
    }

    /// Lets every plugin change the object, and once more when one asks for it.
    public void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        mutateOnce(attributes, object, old);
        if (attributes.notes().beginReinvocation()) {
            mutateOnce(attributes, object, old);
        }
    }

    private void mutateOnce(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        run(attributes, true, plugin -> plugin.mutate(attributes, object, old));
    }

    /// Lets every plugin refuse.
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        run(attributes, false, plugin -> plugin.validate(attributes, object, old));
    }

    private Times times(AdmissionAttributes.Operation operation, boolean mutates, String type) {
        return new Times(
                (mutates ? mutating : validating)
                        .stream()
                                .map(plugin -> metrics.accepted(plugin.name(), operation.name(), type))
                                .toList(),
                metrics.acceptedSteps(operation.name(), type));
    }

    private void run(AdmissionAttributes attributes, boolean mutates, Consumer<AdmissionPlugin> step) {
        List<AdmissionPlugin> plugins = mutates ? mutating : validating;
        if (plugins.isEmpty()) {
            return;
        }
        String type = mutates ? "admit" : "validate";
        AdmissionAttributes.Operation operation = attributes.operation();
        Map<AdmissionAttributes.Operation, Times> all = mutates ? admitted : validated;
        Times times = all.get(operation);
        if (times == null) {
            times = all.computeIfAbsent(operation, known -> times(known, mutates, type));
        }
        long start = System.nanoTime();
        long before = start;
        int current = 0;
        try {
            while (current < plugins.size()) {
                step.accept(plugins.get(current));
                long now = System.nanoTime();
                times.plugins().get(current).observeNanos(now - before);
                before = now;
                current++;
            }
            times.step().observeNanos(before - start);
        } finally {
            if (current < plugins.size()) {
                long now = System.nanoTime();
                metrics.plugin(plugins.get(current).name(), operation.name(), true, type, now - before);
                metrics.step(operation.name(), true, type, now - start);
            }
        }
    }
}
