package io.gantry.cel;

/// An expression does not compile.
public final class CompileException extends Exception {
    private static final long serialVersionUID = 1L;

    CompileException(String issues) {
        super(issues);
    }

    /// What is wrong and where, as cel-go shows it.
    public String issues() {
        return String.valueOf(getMessage());
    }
}
