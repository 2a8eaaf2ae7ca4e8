package io.gantry.apiserver.admission;

import io.gantry.api.scheduling.v1.priorityclass.PriorityClassKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills in a pod's priority from its PriorityClass, or from the default one; at most one class is the default.
public final class PriorityAdmission implements AdmissionPlugin {
    private static final String DEFAULT_POLICY = "PreemptLowerPriority";
    private static final List<String> DECIDED = List.of("priority", "preemptionPolicy");

    private final ObjectReader reader;

    public PriorityAdmission(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "Priority";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!attributes.is("", "pods")) {
            return;
        }
        if (attributes.operation() == AdmissionAttributes.Operation.UPDATE) {
            old.ifPresent(before -> keep(pod, before.path("spec")));
        } else if (attributes.operation() == AdmissionAttributes.Operation.CREATE) {
            decide(attributes, pod);
        }
    }

    /// What was decided at the creation stays where an update leaves it out, as `kubectl replace` with the first file
    /// does.
    private static void keep(ObjectNode pod, JsonNode before) {
        ObjectNode spec = Trees.object(pod, "spec");
        for (String field : DECIDED) {
            if (!spec.has(field) && before.has(field)) {
                spec.set(field, before.path(field));
            }
        }
    }

    private void decide(AdmissionAttributes attributes, ObjectNode pod) {
        ObjectNode spec = Trees.object(pod, "spec");
        String name = Trees.text(spec, "priorityClassName");
        Optional<ObjectNode> found = name.isEmpty() ? defaultClass() : Optional.of(named(attributes, name));
        int priority = found.map(c -> c.path("value").asInt(0)).orElse(0);
        String policy = found.map(c -> Trees.text(c, "preemptionPolicy"))
                .filter(p -> !p.isEmpty())
                .orElse(DEFAULT_POLICY);
        JsonNode given = spec.path("priority");
        if (given.isNumber() && given.intValue() != priority) {
            throw Refusals.forbidden(
                    attributes,
                    "the integer value of priority (" + given.intValue()
                            + ") must not be provided in pod spec; priority admission controller computed " + priority
                            + " from the given PriorityClass name");
        }
        String givenPolicy = Trees.text(spec, "preemptionPolicy");
        if (!givenPolicy.isEmpty() && !givenPolicy.equals(policy)) {
            throw Refusals.forbidden(
                    attributes,
                    "the string value of PreemptionPolicy (" + givenPolicy
                            + ") must not be provided in pod spec; priority admission controller computed " + policy
                            + " from the given PriorityClass name");
        }
        found.ifPresent(c -> spec.put("priorityClassName", Trees.name(c)));
        spec.put("priority", priority);
        spec.put("preemptionPolicy", policy);
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        boolean writes = attributes.operation() == AdmissionAttributes.Operation.CREATE
                || attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        if (!attributes.is("scheduling.k8s.io", "priorityclasses") || !writes || !Trees.flag(object, "globalDefault")) {
            return;
        }
        defaultClass()
                .filter(other -> !Trees.name(other).equals(Trees.name(object)))
                .ifPresent(other -> {
                    throw Refusals.forbidden(
                            attributes,
                            "PriorityClass " + Trees.name(other)
                                    + " is already marked as default. Only one default can exist");
                });
    }

    private ObjectNode named(AdmissionAttributes attributes, String name) {
        return reader.look(PriorityClassKind.KIND, "", name)
                .orElseThrow(() -> Refusals.forbidden(attributes, "no PriorityClass with name " + name + " was found"));
    }

    private Optional<ObjectNode> defaultClass() {
        return reader.lookAll(PriorityClassKind.KIND, "").stream()
                .filter(c -> Trees.flag(c, "globalDefault"))
                .min(Comparator.comparingInt(c -> c.path("value").asInt(0)));
    }
}
