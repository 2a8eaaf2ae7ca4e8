package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.meta.v1.Status;
import io.gantry.api.meta.v1.StatusBuilder;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Nothing is made in a namespace that is not there or is going away; the system's namespaces stay.
public final class NamespaceLifecycle implements AdmissionPlugin {
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");
    private static final Set<String> ALWAYS = Set.of(
            "subjectaccessreviews",
            "localsubjectaccessreviews",
            "selfsubjectaccessreviews",
            "selfsubjectrulesreviews",
            "tokenreviews");

    private final ObjectReader reader;

    public NamespaceLifecycle(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "NamespaceLifecycle";
    }

    /// Runs with the mutating ones, so that nothing else is done for an object that cannot be.
    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        boolean isNamespace = attributes.is("", "namespaces");
        if (isNamespace && attributes.operation() == AdmissionAttributes.Operation.DELETE) {
            if (IMMORTAL.contains(attributes.name())) {
                throw Refusals.forbidden(attributes, "this namespace may not be deleted");
            }
            return;
        }
        boolean creates = attributes.operation() == AdmissionAttributes.Operation.CREATE;
        if (!creates
                || attributes.namespace().isEmpty()
                || (attributes.group().isEmpty() && attributes.resource().equals("namespaces"))
                || ALWAYS.contains(attributes.resource())) {
            return;
        }
        ObjectNode namespace = reader.look(NamespaceKind.KIND, "", attributes.namespace())
                .orElseThrow(() -> StatusException.notFound("", "namespaces", attributes.namespace()));
        if (Trees.text(namespace, "status", "phase").equals("Terminating")
                || !Trees.text(namespace, "metadata", "deletionTimestamp").isEmpty()) {
            throw terminating(attributes);
        }
    }

    private static StatusException terminating(AdmissionAttributes attributes) {
        StatusException refusal = Refusals.forbidden(
                attributes,
                "unable to create new content in namespace " + attributes.namespace()
                        + " because it is being terminated");
        Status status = refusal.status();
        return new StatusException(StatusBuilder.builder(status)
                .details(StatusDetailsBuilder.builder(status.details())
                        .causes(List.of(StatusCauseBuilder.builder()
                                .reason("NamespaceTerminating")
                                .message("namespace " + attributes.namespace() + " is being terminated")
                                .field("metadata.namespace")
                                .build()))
                        .build())
                .build());
    }
}
