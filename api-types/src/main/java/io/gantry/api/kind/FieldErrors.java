package io.gantry.api.kind;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects field errors in upstream's words (`k8s.io/apimachinery/pkg/util/validation/field`). Not thread-safe: one
/// per request.
public final class FieldErrors {
    private static final String REQUIRED = "Required value";

    private final List<FieldError> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /// A value that is not allowed; `value` is shown as upstream does (strings quoted, objects as JSON).
    public void invalid(String path, @Nullable Object value, String detail) {
        add(new FieldError(FieldError.Type.INVALID, path, "Invalid value: " + FieldError.show(value) + ": " + detail));
    }

    /// A value that is not allowed and not shown (upstream's `OmitValueType`).
    public void faulty(String path, String detail) {
        add(new FieldError(FieldError.Type.INVALID, path, "Invalid value: " + detail));
    }

    /// A value that must be there and is not.
    public void required(String path, String detail) {
        add(new FieldError(FieldError.Type.REQUIRED, path, REQUIRED + (detail.isEmpty() ? "" : ": " + detail)));
    }

    /// A value outside a closed set, whose members are told in alphabetical order.
    public void notSupported(String path, @Nullable Object value, List<String> supported) {
        notListed(path, value, supported.stream().sorted().toList());
    }

    /// A value outside a list, which is told in its own order.
    public void notListed(String path, @Nullable Object value, List<String> supported) {
        String names =
                String.join(", ", supported.stream().map(s -> "\"" + s + "\"").toList());
        add(new FieldError(
                FieldError.Type.NOT_SUPPORTED,
                path,
                "Unsupported value: " + FieldError.show(value)
                        + (names.isEmpty() ? "" : ": supported values: " + names)));
    }

    /// A second value where values must differ.
    public void duplicate(String path, @Nullable Object value) {
        add(new FieldError(FieldError.Type.DUPLICATE, path, "Duplicate value: " + FieldError.show(value)));
    }

    /// A value that may not be set in this state.
    public void forbidden(String path, String detail) {
        add(new FieldError(FieldError.Type.FORBIDDEN, path, "Forbidden" + (detail.isEmpty() ? "" : ": " + detail)));
    }

    /// A reference to something that is not there.
    public void notFound(String path, @Nullable Object value) {
        add(new FieldError(FieldError.Type.NOT_FOUND, path, "Not found: " + FieldError.show(value)));
    }

    /// A reference to something that is not there, and where it ought to be.
    public void notFound(String path, @Nullable Object value, String detail) {
        add(new FieldError(FieldError.Type.NOT_FOUND, path, "Not found: " + FieldError.show(value) + ": " + detail));
    }

    /// More bytes than allowed.
    public void tooLong(String path, int maxBytes) {
        add(new FieldError(
                FieldError.Type.TOO_LONG,
                path,
                "Too long: may not be more than " + maxBytes + (maxBytes == 1 ? " byte" : " bytes")));
    }

    /// More items than allowed.
    public void tooMany(String path, int count, int max) {
        add(new FieldError(
                FieldError.Type.TOO_MANY,
                path,
                "Too many: " + count + ": must have at most " + max + (max == 1 ? " item" : " items")));
    }

    /// A value of the wrong JSON type.
    public void typeInvalid(String path, @Nullable Object value, String detail) {
        add(new FieldError(
                FieldError.Type.TYPE_INVALID, path, "Invalid value: " + FieldError.show(value) + ": " + detail));
    }

    /// Adds a fault, unless the very same was found already: what annotations and rules both say is said once. What is
    /// missing is said by the rule that has words for it.
    public void add(FieldError error) {
        if (errors.contains(error)) {
            return;
        }
        if (error.type() == FieldError.Type.REQUIRED) {
            errors.remove(new FieldError(FieldError.Type.REQUIRED, error.path(), REQUIRED));
        }
        errors.add(error);
    }

    /// Adds a fault that may be found more than once, as rules of custom resources may.
    public void addEach(FieldError error) {
        errors.add(error);
    }

    /// A fault that is let pass, and told of.
    public void warn(FieldError error) {
        warnings.add(error.toString());
    }

    /// Adds all that another collected, also what is in it more than once.
    public void addAll(FieldErrors other) {
        errors.addAll(other.errors);
        warnings.addAll(other.warnings);
    }

    /// A copy of what was let pass, in order.
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /// How many were collected.
    public int count() {
        return errors.size();
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /// A copy of what was collected, in order.
    public List<FieldError> all() {
        return List.copyOf(errors);
    }
}
