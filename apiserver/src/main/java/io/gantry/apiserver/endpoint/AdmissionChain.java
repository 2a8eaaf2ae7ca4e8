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

    void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.mutate(attributes, object, old);
        }
    }

    void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.validate(attributes, object, old);
        }
    }
}
