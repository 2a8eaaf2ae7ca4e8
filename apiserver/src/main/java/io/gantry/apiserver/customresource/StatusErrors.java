package io.gantry.apiserver.customresource;

import io.gantry.api.kind.FieldError;
import java.util.List;
import java.util.Optional;

/// What a status subresource tells of a whole object's faults. Upstream checks the status alone against its part of
/// the schema: faults elsewhere do not stop it, and a message names its field without `status.`.
final class StatusErrors {
    private static final String STATUS = "status";
    private static final String NO_FIELD = "<nil>";

    private StatusErrors() {}

    static List<FieldError> of(List<FieldError> faults) {
        return faults.stream().map(StatusErrors::of).flatMap(Optional::stream).toList();
    }

    private static Optional<FieldError> of(FieldError fault) {
        String path = fault.path();
        String message = fault.message();
        if (path.equals(NO_FIELD)) {
            // Schemas of which one must hold name the field in quotes.
            return inside(message.substring(message.indexOf('"', message.indexOf(": \"\": ") + 6) + 1))
                    ? Optional.of(new FieldError(
                            fault.type(), STATUS, message.replaceFirst(": \"\": \"status\\.?", ": \"\": \"")))
                    : Optional.empty();
        }
        return inside(path)
                ? Optional.of(new FieldError(
                        fault.type(), path, message.replace(": " + path + " in body", ": " + below(path) + " in body")))
                : Optional.empty();
    }

    private static boolean inside(String path) {
        return path.startsWith(STATUS)
                && (path.length() == STATUS.length() || ".[\"".indexOf(path.charAt(STATUS.length())) >= 0);
    }

    private static String below(String path) {
        return path.substring(Math.min(path.length(), STATUS.length() + (path.startsWith("status.") ? 1 : 0)));
    }
}
