package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionPlugin;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// The admission plugins, in order.
///
/// @param metrics how long they take
public record AdmissionChain(List<AdmissionPlugin> plugins, AdmissionMetrics metrics) {
    /// Nothing is looked at.
    static final AdmissionChain NONE = new AdmissionChain(List.of(), new AdmissionMetrics());

    public AdmissionChain {
        plugins = List.copyOf(plugins);
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
        run(attributes, "admit", plugin -> plugin.mutate(attributes, object, old));
    }

    /// Lets every plugin refuse.
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        run(attributes, "validate", plugin -> plugin.validate(attributes, object, old));
    }

    private void run(AdmissionAttributes attributes, String type, Consumer<AdmissionPlugin> step) {
        if (plugins.isEmpty()) {
            return;
        }
        String operation = attributes.operation().name();
        long start = System.nanoTime();
        long before = start;
        String current = "";
        boolean rejected = true;
        try {
            for (AdmissionPlugin plugin : plugins) {
                current = plugin.name();
                step.accept(plugin);
                long now = System.nanoTime();
                metrics.plugin(current, operation, false, type, now - before);
                before = now;
            }
            rejected = false;
        } finally {
            long now = System.nanoTime();
            if (rejected) {
                metrics.plugin(current, operation, true, type, now - before);
            }
            metrics.step(operation, rejected, type, now - start);
        }
    }
}
