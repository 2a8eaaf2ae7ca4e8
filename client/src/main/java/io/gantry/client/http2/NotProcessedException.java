package io.gantry.client.http2;

import java.io.IOException;
import java.io.Serial;

/// The server certainly did nothing with a request: it may be sent again on another connection.
final class NotProcessedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    NotProcessedException(String message) {
        super(message);
    }
}
