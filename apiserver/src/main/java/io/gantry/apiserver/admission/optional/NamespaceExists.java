package io.gantry.apiserver.admission.optional;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.objects.ObjectReader;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Nothing is done in a namespace that is not there.
final class NamespaceExists implements AdmissionPlugin {
    private final ObjectReader reader;

    NamespaceExists(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "NamespaceExists";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (attributes.operation() != AdmissionAttributes.Operation.CONNECT
                && isInNamespace(attributes)
                && reader.look(NamespaceKind.KIND, "", attributes.namespace()).isEmpty()) {
            throw StatusException.notFound("", "namespaces", attributes.namespace());
        }
    }

    static boolean isInNamespace(AdmissionAttributes attributes) {
        boolean namespace = attributes.group().isEmpty() && attributes.kind().equals("Namespace");
        return !attributes.namespace().isEmpty() && !namespace;
    }
}
