package io.gantry.api.resource.v1;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.TextForms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The forms of names of drivers, pools, devices and of what is told of devices (upstream
/// `pkg/apis/resource/validation`). Each method adds what is wrong with a value; an absent one counts as empty.
public final class DeviceNames {
    private static final int MAX_DRIVER = 63;
    private static final int MAX_POOL = 253;
    private static final int MAX_ID = 32;

    private static final int UUID = 36;
    private static final int UUID_HEX = 32;
    private static final int UUID_BRACKETED = 38;
    private static final String URN = "urn:uuid:";
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern DASHED =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private DeviceNames() {}

    /// The name of a driver: a subdomain in any case.
    public static void driver(@Nullable String name, String path, FieldErrors errors) {
        String text = orEmpty(name);
        if (text.isEmpty()) {
            errors.required(path, "");
            return;
        }
        if (bytes(text) > MAX_DRIVER) {
            errors.tooLong(path, MAX_DRIVER);
        }
        invalid(Names.subdomain(text.toLowerCase(Locale.ROOT)), text, path, errors);
    }

    /// The name of a pool: subdomains with slashes between them.
    public static void pool(@Nullable String name, String path, FieldErrors errors) {
        String text = orEmpty(name);
        if (text.isEmpty()) {
            errors.required(path, "");
            return;
        }
        if (bytes(text) > MAX_POOL) {
            errors.tooLong(path, MAX_POOL);
        }
        for (String part : text.split("/", -1)) {
            invalid(Names.subdomain(part), part, path, errors);
        }
    }

    /// A name inside an object, of a device, a request or a set of counters: a label.
    public static void label(@Nullable String name, String path, FieldErrors errors) {
        String text = orEmpty(name);
        invalid(Names.label(text), text, path, errors);
    }

    /// The name of an attribute or a capacity, with or without its domain. More than one slash passes, as upstream.
    public static void qualified(@Nullable String name, String path, FieldErrors errors) {
        String text = orEmpty(name);
        String[] parts = text.split("/", -1);
        switch (parts.length) {
            case 1 -> identifier(text, path, errors);
            case 2 -> {
                if (parts[0].isEmpty()) {
                    errors.invalid(path, "", "the domain must not be empty");
                } else {
                    driver(parts[0], path, errors);
                }
                if (parts[1].isEmpty()) {
                    errors.invalid(path, "", "the name must not be empty");
                } else {
                    identifier(parts[1], path, errors);
                }
            }
            default -> {}
        }
    }

    /// As [#qualified], with a domain.
    public static void fullyQualified(@Nullable String name, String path, FieldErrors errors) {
        qualified(name, path, errors);
        String text = orEmpty(name);
        if (text.indexOf('/') < 0) {
            errors.invalid(path, text, "a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    /// A UUID in lower case with dashes, such as the share of a device.
    public static void uid(String uid, String path, FieldErrors errors) {
        String wrong = malformed(uid);
        if (!wrong.isEmpty()) {
            errors.invalid(path, uid, "error validating uid: " + wrong);
        } else if (uid.length() != UUID || !uid.equals(uid.toLowerCase(Locale.ROOT))) {
            errors.invalid(
                    path,
                    uid,
                    "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with lowercase"
                            + " hexadecimal characters");
        }
    }

    private static String malformed(String uid) {
        String dashed = uid;
        switch (bytes(uid)) {
            case UUID -> {}
            case UUID + 9 -> {
                if (!uid.substring(0, URN.length()).equalsIgnoreCase(URN)) {
                    return "invalid urn prefix: \"" + uid.substring(0, URN.length()) + "\"";
                }
                dashed = uid.substring(URN.length());
            }
            case UUID_BRACKETED -> {
                if (!uid.startsWith("{") || !uid.endsWith("}")) {
                    return "invalid bracketed UUID format";
                }
                dashed = uid.substring(1, uid.length() - 1);
            }
            case UUID_HEX -> {
                return HEX.matcher(uid).matches() ? "" : "invalid UUID format";
            }
            default -> {
                return "invalid UUID length: " + bytes(uid);
            }
        }
        return DASHED.matcher(dashed).matches() ? "" : "invalid UUID format";
    }

    private static void identifier(String id, String path, FieldErrors errors) {
        if (bytes(id) > MAX_ID) {
            errors.tooLong(path, MAX_ID);
        }
        invalid(TextForms.identifier(id), id, path, errors);
    }

    private static void invalid(List<String> wrong, String value, String path, FieldErrors errors) {
        for (String message : wrong) {
            errors.invalid(path, value, message);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
