package io.gantry.apiserver.admission.optional;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Refusals;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Services get no external addresses that they do not have already.
final class DenyServiceExternalIPs implements AdmissionPlugin {
    @Override
    public String name() {
        return "DenyServiceExternalIPs";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode service, Optional<ObjectNode> old) {
        boolean writes = attributes.operation() == AdmissionAttributes.Operation.CREATE
                || attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        if (!writes || !attributes.is("", "services")) {
            return;
        }
        List<String> before = old.map(DenyServiceExternalIPs::addresses).orElse(List.of());
        if (!before.containsAll(addresses(service))) {
            throw Refusals.forbidden(attributes, "Use of external IPs is denied by admission control");
        }
    }

    private static List<String> addresses(ObjectNode service) {
        return Trees.texts(service, "spec", "externalIPs");
    }
}
