package io.gantry.cel.library;

import io.gantry.cel.value.CelError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The formats that `format.named` knows, with upstream's words for what is wrong.
final class NamedFormats {
    private static final int LABEL_LENGTH = 63;
    private static final int SUBDOMAIN_LENGTH = 253;
    private static final String LABEL_1123 = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_1123 = LABEL_1123 + "(\\." + LABEL_1123 + ")*";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String NAME_PART = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final String LABEL_WORDS =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
                    + "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '"
                    + LABEL_1123 + "')";
    private static final String SUBDOMAIN_WORDS =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
                    + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '"
                    + SUBDOMAIN_1123 + "')";
    private static final String LABEL_1035_WORDS =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
                    + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
                    + "validation is '" + LABEL_1035 + "')";
    private static final String LABEL_VALUE_WORDS =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
                    + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex "
                    + "used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final String NAME_PART_WORDS =
            "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
                    + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '"
                    + NAME_PART + "')";

    private NamedFormats() {}

    static Map<String, NamedFormat> all() {
        Map<String, NamedFormat> all = new LinkedHashMap<>();
        dns(all, "dns1123Label", "DNS1123Label", LABEL_1123, LABEL_LENGTH, LABEL_WORDS, 30);
        dns(all, "dns1123Subdomain", "DNS1123Subdomain", SUBDOMAIN_1123, SUBDOMAIN_LENGTH, SUBDOMAIN_WORDS, 60);
        dns(all, "dns1035Label", "DNS1035Label", LABEL_1035, LABEL_LENGTH, LABEL_1035_WORDS, 30);
        put(all, "qualifiedName", "QualifiedName", NamedFormats::qualifiedName, 60);
        Pattern value = Pattern.compile("(" + NAME_PART + ")?");
        put(all, "labelValue", "LabelValue", text -> shaped(text, value, LABEL_LENGTH, LABEL_VALUE_WORDS), 40);
        put(all, "uri", "URI", NamedFormats::uri, 200);
        put(all, "uuid", "uuid", words(text -> UUID.matcher(text).matches(), "does not match the UUID format"), 105);
        put(all, "byte", "byte", words(NamedFormats::isBase64, "invalid base64"), 84);
        put(all, "date", "date", words(NamedFormats::isDate, "invalid date"), 100);
        put(all, "datetime", "datetime", words(NamedFormats::isDateTime, "invalid datetime"), 100);
        return all;
    }

    private static void put(
            Map<String, NamedFormat> all, String key, String name, Function<String, List<Object>> check, int size) {
        all.put(key, new NamedFormat(name, check, size));
    }

    private static void dns(
            Map<String, NamedFormat> all, String key, String name, String regex, int length, String words, int size) {
        Pattern pattern = Pattern.compile(regex);
        put(all, key, name, text -> shaped(text, pattern, length, words), size);
        put(
                all,
                key + "Prefix",
                name + "Prefix",
                text -> shaped(
                        text.length() > 1 && text.endsWith("-") ? text.substring(0, text.length() - 2) + "a" : text,
                        pattern,
                        length,
                        words),
                size);
    }

    private static List<Object> shaped(String text, Pattern pattern, int length, String words) {
        List<Object> wrong = new ArrayList<>();
        if (text.length() > length) {
            wrong.add("must be no more than " + length + " characters");
        }
        if (!pattern.matcher(text).matches()) {
            wrong.add(words);
        }
        return wrong;
    }

    private static List<Object> qualifiedName(String text) {
        List<Object> wrong = new ArrayList<>();
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            wrong.add("a valid label key " + NAME_PART_WORDS.substring("name part ".length())
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return wrong;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                shaped(parts[0], Pattern.compile(SUBDOMAIN_1123), SUBDOMAIN_LENGTH, SUBDOMAIN_WORDS)
                        .forEach(message -> wrong.add("prefix part " + message));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else if (name.length() > LABEL_LENGTH) {
            wrong.add("name part must be no more than 63 characters");
        }
        if (!Pattern.matches(NAME_PART, name)) {
            wrong.add(NAME_PART_WORDS);
        }
        return wrong;
    }

    private static List<Object> uri(String text) {
        try {
            CelUrl.parse(text);
            return List.of();
        } catch (CelError malformed) {
            return List.of(malformed.text().replaceFirst("^URL parse error during conversion from string: ", ""));
        }
    }

    private static Function<String, List<Object>> words(Predicate<String> holds, String otherwise) {
        return text -> holds.test(text) ? List.of() : List.of(otherwise);
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException malformed) {
            return false;
        }
    }
}
