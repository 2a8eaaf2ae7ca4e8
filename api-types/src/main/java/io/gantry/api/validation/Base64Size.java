package io.gantry.api.validation;

/// Sizes of bytes that are written in base64.
public final class Base64Size {
    private Base64Size() {}

    /// How many bytes a base64 text stands for.
    public static long decoded(String text) {
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        return text.length() / 4L * 3 - padding;
    }
}
