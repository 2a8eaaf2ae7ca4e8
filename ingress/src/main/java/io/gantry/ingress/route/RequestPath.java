package io.gantry.ingress.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/// The paths of request targets. Routes are chosen by the normal form, as nginx does: escapes decoded, slashes merged,
/// dots resolved. Otherwise `/public/%2e%2e/admin` would take another route than the endpoint sees. Pure.
public final class RequestPath {
    private RequestPath() {}

    /// The normal form of a target's path.
    ///
    /// @param target `/path?query`
    /// @return empty when it is malformed or leads above the root
    public static Optional<String> normal(String target) {
        String raw = withoutQuery(target);
        if (!raw.startsWith("/")) {
            return Optional.empty();
        }
        if (isPlain(raw)) {
            return Optional.of(raw);
        }
        return decoded(raw).flatMap(RequestPath::resolved);
    }

    /// `?` and what follows, or nothing.
    public static String query(String target) {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark);
    }

    /// The path as it may stand in a request line.
    public static String escaped(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b <= ' ' || b == 0x7f || b == '%' || b == '?' || b == '#') {
                out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    static String withoutQuery(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        int fragment = path.indexOf('#');
        return fragment < 0 ? path : path.substring(0, fragment);
    }

    private static boolean isPlain(String raw) {
        return raw.indexOf('%') < 0 && !raw.contains("//") && !raw.contains("/.");
    }

    private static Optional<String> decoded(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        byte[] text = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < text.length; i++) {
            if (text[i] != '%') {
                bytes.write(text[i]);
                continue;
            }
            int value = i + 2 < text.length ? digit(text[i + 1]) * 16 + digit(text[i + 2]) : -1;
            if (value <= 0 || digit(text[i + 2]) < 0) {
                return Optional.empty();
            }
            bytes.write(value);
            i += 2;
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    /// @return far below zero for what is no digit, so that no sum of two is above zero
    private static int digit(byte letter) {
        int value = Character.digit(letter, 16);
        return value < 0 ? -1000 : value;
    }

    private static Optional<String> resolved(String path) {
        Deque<String> elements = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.equals("..")) {
                if (elements.isEmpty()) {
                    return Optional.empty();
                }
                elements.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                elements.addLast(part);
            }
        }
        String last = parts[parts.length - 1];
        boolean folder = last.isEmpty() || last.equals(".") || last.equals("..");
        String joined = "/" + String.join("/", elements);
        return Optional.of(folder && !elements.isEmpty() ? joined + "/" : joined);
    }
}
