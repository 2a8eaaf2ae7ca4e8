package io.gantry.api.storage.v1;

import io.gantry.api.kind.FieldErrors;
import java.util.Map;

/// What classes tell drivers (upstream `validateParameters`).
public final class DriverParameters {
    private static final int MAX_COUNT = 512;
    private static final int MAX_BYTES = 256 * 1024;

    private DriverParameters() {}

    public static void check(Map<String, String> parameters, FieldErrors errors) {
        if (parameters.size() > MAX_COUNT) {
            errors.tooLong("parameters", MAX_COUNT);
            return;
        }
        if (parameters.containsKey("")) {
            errors.invalid("parameters", "", "field can not be empty.");
        }
        long size = parameters.entrySet().stream()
                .mapToLong(entry ->
                        entry.getKey().length() + (long) entry.getValue().length())
                .sum();
        if (size > MAX_BYTES) {
            errors.tooLong("parameters", MAX_BYTES);
        }
    }
}
