package io.gantry.apiserver.policy;

import io.gantry.api.StatusException;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.ValidatingAdmissionPolicyKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.registry.Resources;
import io.gantry.component.VirtualThreads;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the status of ValidatingAdmissionPolicies: up to which generation they were seen, and what checking their
/// types found. Thread-safe.
public final class PolicyStatus implements Consumer<String> {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyStatus.class);
    private static final int ATTEMPTS = 5;

    private final ObjectReader reader;
    private final Resources resources;
    private final Supplier<ObjectWriter> writer;

    /// @param writer as soon as there is one
    public PolicyStatus(ObjectReader reader, Resources resources, Supplier<ObjectWriter> writer) {
        this.reader = reader;
        this.resources = resources;
        this.writer = writer;
    }

    /// Brings the status of a policy up to date, in the background.
    @Override
    public void accept(String policy) {
        VirtualThreads.background().name("status of " + policy).start(() -> update(policy));
    }

    private void update(String name) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                Optional<ObjectNode> policy = reader.get(ValidatingAdmissionPolicyKind.KIND, "", name);
                policy.ifPresent(this::write);
                return;
            } catch (StatusException conflict) {
                if (!conflict.isConflict() || attempt == ATTEMPTS) {
                    LOG.info(
                            "cannot write the status of ValidatingAdmissionPolicy {}: {}", name, conflict.getMessage());
                    return;
                }
            }
        }
    }

    private void write(ObjectNode policy) {
        long generation = policy.path("metadata").path("generation").asLong(0);
        if (policy.path("status").path("observedGeneration").asLong(-1) == generation) {
            return;
        }
        ArrayNode warnings = new TypeChecks(resources).check(policy);
        ObjectNode status = policy.putObject("status");
        status.put("observedGeneration", generation);
        ObjectNode checked = status.putObject("typeChecking");
        if (!warnings.isEmpty()) {
            checked.set("expressionWarnings", warnings);
        }
        writer.get().updateStatus(ValidatingAdmissionPolicyKind.KIND, policy);
    }
}
