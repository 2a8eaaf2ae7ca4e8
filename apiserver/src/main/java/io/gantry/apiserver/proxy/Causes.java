package io.gantry.apiserver.proxy;

import java.security.cert.CertPathBuilderException;

/// Words for exceptions that may have none.
final class Causes {
    private Causes() {}

    /// The message of the innermost cause that has one; of a certificate that nobody knows in Go's words.
    static String text(Throwable thrown) {
        String text = thrown.getClass().getSimpleName();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
            }
            String message = cause.getMessage();
            if (message != null) {
                text = message;
            }
        }
        return text;
    }
}
