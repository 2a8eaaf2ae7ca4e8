package io.gantry.api.core.v1.event;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import java.util.List;

/// What both versions of events must hold (upstream `pkg/apis/core/validation/events.go`,
/// legacyValidateEvent): an event with `eventTime` says who reports what; one without is of its object's
/// namespace.
///
/// @param regarding the namespace of the object that it is about; empty for none
/// @param controllerField how the version calls the reporting controller
public record EventValidation(
        String namespace,
        String regarding,
        boolean timed,
        String controllerField,
        String controller,
        String instance,
        String action,
        String reason,
        String note) {
    private static final int NAME_LIMIT = 128;
    private static final int NOTE_LIMIT = 1024;
    private static final List<String> CLUSTER = List.of("default", "kube-system");
    private static final List<String> OLD_CLUSTER = List.of("", "default");

    /// Checks it.
    public void check(FieldErrors errors) {
        boolean fits = timed
                ? !regarding.isEmpty() || CLUSTER.contains(namespace)
                : regarding.isEmpty() ? OLD_CLUSTER.contains(namespace) : regarding.equals(namespace);
        if (!fits) {
            errors.invalid("involvedObject.namespace", regarding, "does not match event.namespace");
        }
        if (!timed) {
            return;
        }
        if (controller.isEmpty()) {
            errors.required(controllerField, "");
        }
        Names.qualified(controller).forEach(fault -> errors.invalid(controllerField, controller, fault));
        limited("reportingInstance", instance, errors);
        limited("action", action, errors);
        limited("reason", reason, errors);
        if (note.length() > NOTE_LIMIT) {
            errors.invalid("message", "", "can have at most " + NOTE_LIMIT + " characters");
        }
    }

    private static void limited(String field, String text, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(field, "");
        }
        if (text.length() > NAME_LIMIT) {
            errors.invalid(field, "", "can have at most " + NAME_LIMIT + " characters");
        }
    }
}
