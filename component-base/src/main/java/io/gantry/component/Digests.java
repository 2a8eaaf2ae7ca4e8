package io.gantry.component;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Digests that every JDK has.
public final class Digests {
    private Digests() {}

    /// A new one, for what comes in pieces.
    public static MessageDigest sha256() {
        return of("SHA-256");
    }

    public static byte[] sha256(byte[] bytes) {
        return sha256().digest(bytes);
    }

    /// Of the text in UTF-8.
    public static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The beginning of a text's SHA-256 in hexadecimal digits, two a byte: short names for long things.
    public static String shortHex(String text, int bytes) {
        return HexFormat.of().formatHex(sha256(text), 0, bytes);
    }

    /// For protocols that ask for it; nothing is secured by it any more.
    static MessageDigest sha1() {
        return of("SHA-1");
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + algorithm, impossible);
        }
    }
}
