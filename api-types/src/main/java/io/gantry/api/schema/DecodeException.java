package io.gantry.api.schema;

/// A value that cannot be decoded into its field; the message is in the words of Go's decoder.
public final class DecodeException extends RuntimeException {
    public DecodeException(String message) {
        super(message, null, false, false);
    }
}
