package io.gantry.api.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The name formats of the API, each answering what is wrong with a value, empty when nothing is (upstream
/// `k8s.io/apimachinery/pkg/util/validation` and `pkg/api/validate/content`).
public final class Names {
    private static final int LABEL_MAX = 63;
    private static final int SUBDOMAIN_MAX = 253;
    private static final int PORT_NAME_MAX = 15;
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String DNS_SUBDOMAIN = DNS_LABEL + "(\\." + DNS_LABEL + ")*";
    private static final String DNS_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String WILDCARD = "\\*\\." + DNS_SUBDOMAIN;
    private static final String LABEL_KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + LABEL_KEY + ")?";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
    private static final String HEADER = "[-A-Za-z0-9]+";
    private static final String PERCENT = "[0-9]+%";
    private static final String DNS_UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String DNS_UNDERSCORE = DNS_UNDERSCORE_LABEL + "(\\." + DNS_UNDERSCORE_LABEL + ")*";

    private static final Pattern DNS_LABEL_FORM = Pattern.compile(DNS_LABEL);
    private static final Pattern DNS_SUBDOMAIN_FORM = Pattern.compile(DNS_SUBDOMAIN);
    private static final Pattern DNS_1035_FORM = Pattern.compile(DNS_1035);
    private static final Pattern WILDCARD_FORM = Pattern.compile(WILDCARD);
    private static final Pattern LABEL_KEY_FORM = Pattern.compile(LABEL_KEY);
    private static final Pattern LABEL_VALUE_FORM = Pattern.compile(LABEL_VALUE);
    private static final Pattern CONFIG_KEY_FORM = Pattern.compile(CONFIG_KEY);
    private static final Pattern HEADER_FORM = Pattern.compile(HEADER);
    private static final Pattern PERCENT_FORM = Pattern.compile(PERCENT);
    private static final Pattern DNS_UNDERSCORE_FORM = Pattern.compile(DNS_UNDERSCORE);

    private Names() {}

    /// A label of RFC 1123, e.g. a namespace's or a container's name.
    public static List<String> dnsLabel(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > LABEL_MAX) {
            errors.add(maxCharacters(LABEL_MAX));
        }
        if (!DNS_LABEL_FORM.matcher(value).matches()) {
            errors.add(
                    DNS_SUBDOMAIN_FORM.matcher(value).matches()
                            ? "must not contain dots"
                            : regex(
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                                            + " '-', and must start and end with an alphanumeric character",
                                    DNS_LABEL,
                                    "my-name",
                                    "123-abc"));
        }
        return errors;
    }

    /// A subdomain of RFC 1123: the name of most kinds.
    public static List<String> dnsSubdomain(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > SUBDOMAIN_MAX) {
            errors.add(maxCharacters(SUBDOMAIN_MAX));
        }
        if (!DNS_SUBDOMAIN_FORM.matcher(value).matches()) {
            errors.add(regex(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                            + " and must start and end with an alphanumeric character",
                    DNS_SUBDOMAIN,
                    "example.com"));
        }
        return errors;
    }

    /// A subdomain whose labels may have underscores: DNS search paths.
    public static List<String> dnsSubdomainWithUnderscore(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > SUBDOMAIN_MAX) {
            errors.add(maxCharacters(SUBDOMAIN_MAX));
        }
        if (!DNS_UNDERSCORE_FORM.matcher(value).matches()) {
            errors.add(regex(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or"
                            + " '.', and must start and end with an alphanumeric character",
                    DNS_UNDERSCORE,
                    "example.com"));
        }
        return errors;
    }

    /// A label of RFC 1035: a Service's name.
    public static List<String> dns1035Label(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > LABEL_MAX) {
            errors.add(maxCharacters(LABEL_MAX));
        }
        if (!DNS_1035_FORM.matcher(value).matches()) {
            errors.add(regex(
                    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                            + " alphabetic character, and end with an alphanumeric character",
                    DNS_1035,
                    "my-name",
                    "abc-123"));
        }
        return errors;
    }

    /// A subdomain that begins with `*.`: an Ingress' host.
    public static List<String> wildcardDnsSubdomain(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > SUBDOMAIN_MAX) {
            errors.add(maxCharacters(SUBDOMAIN_MAX));
        }
        if (!WILDCARD_FORM.matcher(value).matches()) {
            errors.add(regex(
                    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must"
                            + " consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric"
                            + " character",
                    WILDCARD,
                    "*.example.com"));
        }
        return errors;
    }

    /// A key of labels and annotations, a finalizer, a resource: a name with an optional domain before a slash.
    public static List<String> qualifiedName(String value) {
        List<String> errors = new ArrayList<>();
        String[] parts = value.split("/", -1);
        String message = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                + " alphanumeric character";
        if (parts.length > 2) {
            errors.add("a valid label key " + regex(message, LABEL_KEY, "MyName", "my.name", "123-abc")
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return errors;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                errors.add("prefix part must be non-empty");
            } else {
                dnsSubdomain(parts[0]).forEach(m -> errors.add("prefix part " + m));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            errors.add("name part must be non-empty");
        } else if (name.length() > LABEL_MAX) {
            errors.add("name part " + maxBytes(LABEL_MAX));
        }
        if (!LABEL_KEY_FORM.matcher(name).matches()) {
            errors.add("name part " + regex(message, LABEL_KEY, "MyName", "my.name", "123-abc"));
        }
        return errors;
    }

    /// A label's value.
    public static List<String> labelValue(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > LABEL_MAX) {
            errors.add(maxBytes(LABEL_MAX));
        }
        if (!LABEL_VALUE_FORM.matcher(value).matches()) {
            errors.add(regex(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character",
                    LABEL_VALUE,
                    "MyValue",
                    "my_value",
                    "12345"));
        }
        return errors;
    }

    /// A segment of a URL path: names of RBAC kinds.
    public static List<String> pathSegment(String value, boolean prefix) {
        List<String> errors = new ArrayList<>();
        if (!prefix && (value.equals(".") || value.equals(".."))) {
            errors.add("may not be '" + value + "'");
            return errors;
        }
        for (String illegal : List.of("/", "%")) {
            if (value.contains(illegal)) {
                errors.add("may not contain '" + illegal + "'");
            }
        }
        return errors;
    }

    /// A key of a ConfigMap or a Secret.
    public static List<String> configMapKey(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > SUBDOMAIN_MAX) {
            errors.add(maxCharacters(SUBDOMAIN_MAX));
        }
        if (!CONFIG_KEY_FORM.matcher(value).matches()) {
            errors.add(regex(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                    CONFIG_KEY,
                    "key.name",
                    "KEY_NAME",
                    "key-name"));
        }
        if (value.equals(".") || value.equals("..")) {
            errors.add("must not be '" + value + "'");
        } else if (value.startsWith("..")) {
            errors.add("must not start with '..'");
        }
        return errors;
    }

    /// The name of an environment variable.
    public static List<String> environmentVariable(String value) {
        if (value.isEmpty()) {
            return List.of("environment variable name must be non-empty");
        }
        boolean printable = value.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=');
        return printable
                ? List.of()
                : List.of("a valid environment variable name must consist only of printable ASCII characters other"
                        + " than '='");
    }

    /// The name of a port of a container or of a backend.
    public static List<String> portName(String value) {
        List<String> errors = new ArrayList<>();
        if (value.length() > PORT_NAME_MAX) {
            errors.add(maxCharacters(PORT_NAME_MAX));
        }
        if (value.isEmpty() || !value.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || isLower(c))) {
            errors.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (value.chars().noneMatch(Names::isLower)) {
            errors.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            errors.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            errors.add("must not begin or end with a hyphen");
        }
        return errors;
    }

    /// A port's number.
    public static List<String> portNumber(int value) {
        return value >= 1 && value <= 65535 ? List.of() : List.of("must be between 1 and 65535, inclusive");
    }

    /// The name of an HTTP header.
    public static List<String> httpHeader(String value) {
        return HEADER_FORM.matcher(value).matches()
                ? List.of()
                : List.of(regex(
                        "a valid HTTP header must consist of alphanumeric characters or '-'", HEADER, "X-Header-Name"));
    }

    /// A percentage such as `25%`.
    public static List<String> percent(String value) {
        return PERCENT_FORM.matcher(value).matches()
                ? List.of()
                : List.of(regex(
                        "a valid percent string must be a numeric string followed by an ending '%'",
                        PERCENT, "1%", "93%"));
    }

    /// The key of an annotation: a qualified name in any case.
    public static List<String> annotationKey(String value) {
        return qualifiedName(value.toLowerCase(Locale.ROOT));
    }

    /// `generateName` without the hyphen at its end, which a full name would not end with (upstream
    /// `maskTrailingDash`).
    public static String maskTrailingDash(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 2) + "a" : prefix;
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static String maxCharacters(int length) {
        return "must be no more than " + length + " characters";
    }

    private static String maxBytes(int length) {
        return "must be no more than " + length + " bytes";
    }

    private static String regex(String message, String form, String... examples) {
        StringBuilder text = new StringBuilder(message).append(" (e.g. ");
        for (int i = 0; i < examples.length; i++) {
            text.append(i > 0 ? " or " : "").append('\'').append(examples[i]).append("', ");
        }
        return text.append("regex used for validation is '")
                .append(form)
                .append("')")
                .toString();
    }
}
