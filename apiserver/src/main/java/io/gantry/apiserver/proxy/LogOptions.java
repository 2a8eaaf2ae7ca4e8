package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.http.Query;

/// What a request for a log may ask (upstream `ValidatePodLogOptions`).
final class LogOptions {
    private static final String POSITIVE = "must be greater than 0";

    private LogOptions() {}

    /// @throws StatusException 400 for what is no number, 422 for options that do not fit
    static void check(String pod, Query query) {
        FieldErrors errors = new FieldErrors();
        atLeast(query, "tailLines", 0, "must be greater than or equal to 0", errors);
        atLeast(query, "limitBytes", 1, POSITIVE, errors);
        if (!query.text("sinceSeconds").isEmpty() && !query.text("sinceTime").isEmpty()) {
            errors.forbidden("", "at most one of `sinceTime` or `sinceSeconds` may be specified");
        } else {
            atLeast(query, "sinceSeconds", 1, POSITIVE, errors);
        }
        if (query.first("stream").isPresent()) {
            errors.forbidden("stream", "may not be specified");
        }
        if (!errors.isEmpty()) {
            throw StatusException.invalid("", "PodLogOptions", pod, errors.all());
        }
    }

    private static void atLeast(Query query, String name, long least, String otherwise, FieldErrors errors) {
        String text = query.text(name);
        if (text.isEmpty()) {
            return;
        }
        long value = number(name, text);
        if (value < least) {
            errors.invalid(name, value, otherwise);
        }
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw StatusException.badRequest("invalid value \"" + text + "\" for " + name + ": must be a whole number");
        }
    }
}
