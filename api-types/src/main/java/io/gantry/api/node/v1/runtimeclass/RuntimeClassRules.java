package io.gantry.api.node.v1.runtimeclass;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.api.core.v1.pod.SchedulingValidation;
import io.gantry.api.core.v1.pod.Toleration;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rules of RuntimeClasses (upstream `ValidateRuntimeClass`).
public final class RuntimeClassRules implements KindRules<RuntimeClass> {
    @Override
    public void validate(RuntimeClass object, FieldErrors errors) {
        References.format(object.handler(), Names::label, "handler", errors);
        if (object.scheduling() != null) {
            LabelValidation.labels(object.scheduling().nodeSelector(), "scheduling.nodeSelector", errors);
            tolerations(object.scheduling().tolerations(), errors);
        }
        if (object.overhead() != null) {
            ResourceValidation.overhead(object.overhead().podFixed(), "overhead", errors);
        }
    }

    private static void tolerations(List<Toleration> tolerations, FieldErrors errors) {
        SchedulingValidation.tolerations(tolerations, "scheduling.tolerations", errors);
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < tolerations.size(); i++) {
            Toleration one = tolerations.get(i);
            if (!seen.add(List.of(text(one.key()), text(one.operator()), text(one.value()), text(one.effect())))) {
                errors.duplicate("scheduling.tolerations[" + i + "]", one);
            }
        }
    }

    @Override
    public void validateUpdate(RuntimeClass object, RuntimeClass old, FieldErrors errors) {
        Immutable.check(object.handler(), old.handler(), "handler", errors);
    }
}
