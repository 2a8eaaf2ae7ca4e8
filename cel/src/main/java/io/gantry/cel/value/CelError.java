package io.gantry.cel.value;

/// An expression cannot be evaluated. CEL's operators may absorb it.
public class CelError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CelError(String message) {
        super(message, null, false, false);
    }

    /// The words; never null.
    public String text() {
        return String.valueOf(getMessage());
    }

    /// A text that is none of a type, in cel-go's words.
    public static CelError ofText(String type) {
        return new CelError("type conversion error from 'string' to '" + type + "'");
    }

    public static CelError noSuchOverload() {
        return new CelError("no such overload");
    }
}
