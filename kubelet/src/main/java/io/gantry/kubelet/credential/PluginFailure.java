package io.gantry.kubelet.credential;

import java.io.Serial;

/// A credential provider did not answer, or not so that one could read it. The message holds nothing of what it
/// wrote to its standard output: that may be credentials.
final class PluginFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    PluginFailure(String message) {
        super(message);
    }

    PluginFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
