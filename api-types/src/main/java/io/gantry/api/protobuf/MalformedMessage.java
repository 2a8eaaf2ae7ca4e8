package io.gantry.api.protobuf;

import java.io.IOException;

/// Bytes that are valid protobuf but no valid message of the API.
final class MalformedMessage extends IOException {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
