package io.gantry.api;

import io.gantry.api.kind.FieldError;
import io.gantry.api.meta.v1.Status;
import io.gantry.api.meta.v1.StatusBuilder;
import io.gantry.api.meta.v1.StatusCause;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetails;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one error of the API, on the server that raises it and on the client that receives it: a Kubernetes `Status`
/// with code and reason (upstream `k8s.io/apimachinery/pkg/api/errors`).
public final class StatusException extends RuntimeException {
    private final transient Status status;
    private final transient List<String> warnings;

    public StatusException(Status status) {
        super(status.message());
        this.status = status;
        this.warnings = List.of();
    }

    private StatusException(StatusException refusal, Collection<String> warnings) {
        super(refusal.getMessage(), refusal);
        this.status = refusal.status;
        this.warnings = List.copyOf(warnings);
    }

    /// The same refusal with what the client was to be warned of before it.
    public StatusException warning(Collection<String> of) {
        return of.isEmpty() ? this : new StatusException(this, of);
    }

    /// What goes into `Warning` headers.
    public List<String> warnings() {
        return warnings;
    }

    /// The whole Status, as it goes over the wire.
    public Status status() {
        return status;
    }

    /// The HTTP status code.
    public int code() {
        Integer code = status.code();
        return code == null ? 500 : code;
    }

    /// The reason, e.g. `NotFound`; empty where the server gave none.
    public String reason() {
        String reason = status.reason();
        return reason == null ? "" : reason;
    }

    public boolean isNotFound() {
        return code() == 404;
    }

    public boolean isConflict() {
        return code() == 409 && reason().equals("Conflict");
    }

    public boolean isAlreadyExists() {
        return code() == 409 && reason().equals("AlreadyExists");
    }

    /// The revision is gone: list again.
    public boolean isExpired() {
        return code() == 410;
    }

    public static StatusException badRequest(String message) {
        return of(400, "BadRequest", message, null);
    }

    public static StatusException unauthorized() {
        return of(401, "Unauthorized", "Unauthorized", null);
    }

    public static StatusException forbidden(String group, String resource, String name, String why) {
        String what = qualified(group, resource) + (name.isEmpty() ? "" : " \"" + name + "\"");
        return of(403, "Forbidden", what + " is forbidden: " + why, details(group, resource, name));
    }

    public static StatusException notFound(String group, String resource, String name) {
        return of(
                404,
                "NotFound",
                qualified(group, resource) + " \"" + name + "\" not found",
                details(group, resource, name));
    }

    /// The path itself is not served.
    public static StatusException noSuchPath() {
        return of(404, "NotFound", "the server could not find the requested resource", details("", "", ""));
    }

    /// Nothing that the client accepts can be had; these can.
    public static StatusException notAcceptable(List<String> types) {
        return of(
                406, "NotAcceptable", "only the following media types are accepted: " + String.join(", ", types), null);
    }

    /// The path is served, not by this method.
    public static StatusException methodNotAllowed() {
        return of(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                details("", "", ""));
    }

    public static StatusException methodNotAllowed(String message) {
        return of(405, "MethodNotAllowed", message, null);
    }

    public static StatusException alreadyExists(String group, String resource, String name) {
        return of(
                409,
                "AlreadyExists",
                qualified(group, resource) + " \"" + name + "\" already exists",
                details(group, resource, name));
    }

    public static StatusException conflict(String group, String resource, String name, String why) {
        return of(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + qualified(group, resource) + " \"" + name + "\": " + why,
                details(group, resource, name));
    }

    public static StatusException expired(String message) {
        return of(410, "Expired", message, null);
    }

    public static StatusException tooLarge(String message) {
        return of(413, "RequestEntityTooLarge", message, null);
    }

    public static StatusException unsupportedMediaType(String message) {
        return of(415, "UnsupportedMediaType", message, null);
    }

    public static StatusException internal(String message) {
        return of(500, "InternalError", "Internal error occurred: " + message, null);
    }

    public static StatusException unavailable(String message) {
        return of(503, "ServiceUnavailable", message, null);
    }

    /// Field errors of an object: 422 with a cause a field.
    ///
    /// @param kind the Kind (not the resource), which details.kind shows here
    public static StatusException invalid(String group, String kind, String name, List<FieldError> errors) {
        List<String> texts =
                errors.stream().map(FieldError::toString).distinct().toList();
        String list = String.join(", ", texts);
        String shown = texts.size() == 1 ? list : "[" + list + "]";
        List<StatusCause> causes = errors.stream()
                .map(e -> StatusCauseBuilder.builder()
                        .reason(e.type().reason())
                        .message(e.message())
                        .field(e.path())
                        .build())
                .toList();
        StatusDetails details = StatusDetailsBuilder.builder()
                .name(blankToNull(name))
                .group(blankToNull(group))
                .kind(blankToNull(kind))
                .causes(causes)
                .build();
        return of(422, "Invalid", qualified(group, kind) + " \"" + name + "\" is invalid: " + shown, details);
    }

    /// Any failure Status.
    public static StatusException of(int code, String reason, String message, @Nullable StatusDetails details) {
        return new StatusException(StatusBuilder.builder()
                .apiVersion("v1")
                .kind("Status")
                .status("Failure")
                .message(message)
                .reason(blankToNull(reason))
                .details(details)
                .code(code)
                .build());
    }

    private static StatusDetails details(String group, String kind, String name) {
        return StatusDetailsBuilder.builder()
                .name(blankToNull(name))
                .group(blankToNull(group))
                .kind(blankToNull(kind))
                .build();
    }

    private static @Nullable String blankToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String qualified(String group, String resource) {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
