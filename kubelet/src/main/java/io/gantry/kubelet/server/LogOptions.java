package io.gantry.kubelet.server;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// What part of a log is wanted.
///
/// @param tail how many of the last lines; negative for all
/// @param limitBytes negative for no limit
/// @param stream `stdout`, `stderr`, or empty for both
record LogOptions(
        boolean follow,
        boolean previous,
        boolean timestamps,
        long tail,
        long limitBytes,
        Optional<Instant> since,
        String stream) {
    static LogOptions of(HttpRequest request) throws HttpFailure {
        return new LogOptions(
                request.flag("follow"),
                request.flag("previous"),
                request.flag("timestamps"),
                number(request, "tailLines"),
                number(request, "limitBytes"),
                since(request),
                switch (request.parameter("stream")) {
                    case "Stdout" -> "stdout";
                    case "Stderr" -> "stderr";
                    default -> "";
                });
    }

    private static long number(HttpRequest request, String name) throws HttpFailure {
        String value = request.parameter(name);
        try {
            return value.isEmpty() ? -1 : Long.parseLong(value);
        } catch (NumberFormatException malformed) {
            throw new HttpFailure(400, name + " is not a number");
        }
    }

    private static Optional<Instant> since(HttpRequest request) throws HttpFailure {
        long seconds = number(request, "sinceSeconds");
        if (seconds >= 0) {
            return Optional.of(Instant.now().minusSeconds(seconds));
        }
        String time = request.parameter("sinceTime");
        try {
            return time.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeParseException malformed) {
            throw new HttpFailure(400, "sinceTime is not a time");
        }
    }
}
