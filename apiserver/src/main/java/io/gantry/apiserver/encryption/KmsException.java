package io.gantry.apiserver.encryption;

import java.security.GeneralSecurityException;

/// A KMS plugin that does not answer, or not as it should.
final class KmsException extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    KmsException(String message) {
        super(message);
    }

    KmsException(String message, Throwable cause) {
        super(message, cause);
    }
}
