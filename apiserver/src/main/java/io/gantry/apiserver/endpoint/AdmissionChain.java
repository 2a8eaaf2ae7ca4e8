package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The admission plugins, in order.
public record AdmissionChain(List<AdmissionPlugin> plugins) {
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
        for (AdmissionPlugin plugin : plugins) {
            plugin.mutate(attributes, object, old);
        }
    }

    /// Lets every plugin refuse.
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.validate(attributes, object, old);
        }
    }
}
