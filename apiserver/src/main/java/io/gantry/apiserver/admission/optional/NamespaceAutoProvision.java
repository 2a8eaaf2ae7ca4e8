package io.gantry.apiserver.admission.optional;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Refusals;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Makes the namespace in which something is created.
final class NamespaceAutoProvision implements AdmissionPlugin {
    private final ObjectReader reader;
    private final Supplier<ObjectWriter> writer;

    NamespaceAutoProvision(ObjectReader reader, Supplier<ObjectWriter> writer) {
        this.reader = reader;
        this.writer = writer;
    }

    @Override
    public String name() {
        return "NamespaceAutoProvision";
    }

    /// It writes.
    @Override
    public boolean isBrief() {
        return false;
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (attributes.operation() != AdmissionAttributes.Operation.CREATE
                || attributes.dryRun()
                || !NamespaceExists.isInNamespace(attributes)
                || reader.look(NamespaceKind.KIND, "", attributes.namespace()).isPresent()) {
            return;
        }
        ObjectNode namespace = Trees.empty();
        namespace.putObject("metadata").put("name", attributes.namespace());
        try {
            writer.get().create(NamespaceKind.KIND, namespace);
        } catch (StatusException e) {
            if (e.code() != 409) {
                throw Refusals.forbidden(attributes, String.valueOf(e.getMessage()));
            }
        }
    }
}
