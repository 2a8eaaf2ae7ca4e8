package io.gantry.api.schema;

import io.gantry.api.kind.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Set;

/// The string formats that upstream checks for custom resources
/// (`k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go`); others are ignored, as there.
final class Formats {
    private static final Set<String> KNOWN = Set.of(
            "date",
            "date-time",
            "datetime",
            "uri",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "cidr",
            "mac",
            "uuid",
            "uuid3",
            "uuid4",
            "uuid5",
            "byte",
            "duration",
            "hexcolor",
            "bsonobjectid",
            "k8s-short-name",
            "k8s-long-name");
    private static final int UUID_LENGTH = 36;
    private static final int UUID_VERSION_AT = 14;
    private static final int OBJECT_ID_LENGTH = 24;

    private Formats() {}

    static boolean isKnown(String format) {
        return KNOWN.contains(format);
    }

    static boolean accepts(String format, String text) {
        return switch (format) {
            case "date" -> parses(() -> LocalDate.parse(text));
            case "date-time", "datetime" -> parses(() -> OffsetDateTime.parse(text.replace(' ', 'T')));
            case "uri" -> isUri(text);
            case "email" -> isEmail(text);
            case "hostname" -> !text.isEmpty() && Names.isSubdomain(text.toLowerCase(java.util.Locale.ROOT));
            case "ipv4" -> Addresses.isIpv4(text);
            case "ipv6" -> Addresses.isIpv6(text);
            case "cidr" -> Addresses.isCidr(text);
            case "mac" -> isMac(text);
            case "uuid" -> isUuid(text, '*');
            case "uuid3" -> isUuid(text, '3');
            case "uuid4" -> isUuid(text, '4');
            case "uuid5" -> isUuid(text, '5');
            case "byte" -> isBase64(text);
            case "duration" -> GoDurations.isDuration(text);
            case "hexcolor" -> isHexColor(text);
            case "bsonobjectid" -> text.length() == OBJECT_ID_LENGTH && isHex(text);
            case "k8s-short-name" -> Names.isLabel(text);
            case "k8s-long-name" -> Names.isSubdomain(text);
            default -> true;
        };
    }

    private static boolean parses(Runnable parse) {
        try {
            parse.run();
            return true;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        return at > 0 && at < text.length() - 1 && text.indexOf(' ') < 0 && text.indexOf('@') == at;
    }

    private static boolean isMac(String text) {
        String[] parts = text.split("[:-]", -1);
        if (parts.length != 6 && parts.length != 8) {
            return false;
        }
        for (String part : parts) {
            if (part.length() != 2 || !isHex(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUuid(String text, char version) {
        if (text.length() != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? text.charAt(i) != '-' : Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return version == '*' || text.charAt(UUID_VERSION_AT) == version;
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isHexColor(String text) {
        String digits = text.startsWith("#") ? text.substring(1) : text;
        return (digits.length() == 3 || digits.length() == 6) && isHex(digits);
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
