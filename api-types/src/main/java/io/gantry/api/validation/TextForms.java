package io.gantry.api.validation;

import io.gantry.api.kind.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Formats of texts in specs beyond those of names ([Names]), each answering what is wrong with a value,
/// empty when nothing is (upstream `k8s.io/apimachinery/pkg/util/validation` and
/// `pkg/api/validate/content`).
public final class TextForms {
    private static final int SUBDOMAIN_MAX = 253;
    private static final int PORT_NAME_MAX = 15;
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String DNS_SUBDOMAIN = DNS_LABEL + "(\\." + DNS_LABEL + ")*";
    private static final String WILDCARD = "\\*\\." + DNS_SUBDOMAIN;
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
    private static final String HEADER = "[-A-Za-z0-9]+";
    private static final String PERCENT = "[0-9]+%";
    private static final String REASON = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
    private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String DNS_UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String DNS_UNDERSCORE = DNS_UNDERSCORE_LABEL + "(\\." + DNS_UNDERSCORE_LABEL + ")*";

    private static final Pattern WILDCARD_FORM = Pattern.compile(WILDCARD);
    private static final Pattern CONFIG_KEY_FORM = Pattern.compile(CONFIG_KEY);
    private static final Pattern HEADER_FORM = Pattern.compile(HEADER);
    private static final Pattern PERCENT_FORM = Pattern.compile(PERCENT);
    private static final Pattern REASON_FORM = Pattern.compile(REASON);
    private static final Pattern IDENTIFIER_FORM = Pattern.compile(IDENTIFIER);
    private static final Pattern DNS_UNDERSCORE_FORM = Pattern.compile(DNS_UNDERSCORE);

    private TextForms() {}

    /// A subdomain whose labels may have underscores: DNS search paths.
    public static List<String> dnsSubdomainWithUnderscore(String value) {
        if (value.length() > SUBDOMAIN_MAX) {
            return List.of(maxCharacters(SUBDOMAIN_MAX));
        }
        List<String> errors = new ArrayList<>();
        if (!DNS_UNDERSCORE_FORM.matcher(value).matches()) {
            errors.add(regex(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or"
                            + " '.', and must start and end with an alphanumeric character",
                    DNS_UNDERSCORE,
                    "example.com"));
        }
        return errors;
    }

    /// A subdomain that begins with `*.`: an Ingress' host.
    public static List<String> wildcardDnsSubdomain(String value) {
        if (value.length() > SUBDOMAIN_MAX) {
            return List.of(maxCharacters(SUBDOMAIN_MAX));
        }
        List<String> errors = new ArrayList<>();
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

    /// Letters, digits, `-`, `_` and `.`, not too many, and no dot first.
    private static boolean isOrdinaryKey(String value) {
        if (value.isEmpty() || value.length() > SUBDOMAIN_MAX || value.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char one = value.charAt(i);
            boolean fits = one >= 'a' && one <= 'z'
                    || one >= 'A' && one <= 'Z'
                    || one >= '0' && one <= '9'
                    || one == '-'
                    || one == '_'
                    || one == '.';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// A key of a ConfigMap or a Secret.
    public static List<String> configMapKey(String value) {
        if (isOrdinaryKey(value)) {
            return List.of();
        }
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
        if (value.chars().noneMatch(TextForms::isLower)) {
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

    /// The reason of a condition.
    public static List<String> conditionReason(String value) {
        return REASON_FORM.matcher(value).matches()
                ? List.of()
                : List.of(regex(
                        "a condition reason must start with alphabetic character, optionally followed by a string of"
                                + " alphanumeric characters or '_,:', and must end with an alphanumeric character or"
                                + " '_'",
                        REASON,
                        "my_name",
                        "MY_NAME",
                        "MyName",
                        "ReasonA,ReasonB",
                        "ReasonA:ReasonB"));
    }

    /// A name as C has them.
    public static List<String> identifier(String value) {
        return IDENTIFIER_FORM.matcher(value).matches()
                ? List.of()
                : List.of(regex(
                        "a valid C identifier must start with alphabetic character or '_', followed by a string of"
                                + " alphanumeric characters or '_'",
                        IDENTIFIER,
                        "my_name",
                        "MY_NAME",
                        "MyName"));
    }

    /// The key of an annotation: a qualified name in any case.
    public static List<String> annotationKey(String value) {
        return Names.qualified(value.toLowerCase(Locale.ROOT));
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static String maxCharacters(int length) {
        return "must be no more than " + length + " characters";
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

    /// Upstream `IsDomainPrefixedPath`: `acme.io/foo`.
    public static List<String> domainPrefixedPath(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            return List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        return Names.subdomain(text.substring(0, slash));
    }
}
