package io.gantry.cli;

/// Something the user can mend: printed as one message without a stack trace; the command ends with code 1.
public final class CliException extends RuntimeException {
    public CliException(String message) {
        super(message);
    }

    public CliException(String message, Throwable cause) {
        super(message, cause);
    }
}
