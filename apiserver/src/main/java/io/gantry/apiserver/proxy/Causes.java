package io.gantry.apiserver.proxy;

/// Words for exceptions that may have none.
final class Causes {
    private Causes() {}

    /// The message of the innermost cause that has one.
    static String text(Throwable thrown) {
        String text = thrown.getClass().getSimpleName();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null) {
                text = message;
            }
        }
        return text;
    }
}
