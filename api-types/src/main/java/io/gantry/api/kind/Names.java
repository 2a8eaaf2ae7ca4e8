package io.gantry.api.kind;

import java.util.ArrayList;
import java.util.List;

/// The forms of names in the API, with upstream's messages (`k8s.io/apimachinery/pkg/util/validation`). Every method
/// that returns a list returns what is wrong, empty when nothing is. Written without regular expressions: names are
/// checked on every write.
public final class Names {
    /// Bytes of a DNS label.
    public static final int MAX_LABEL_LENGTH = 63;
    /// Bytes of a DNS subdomain.
    public static final int MAX_SUBDOMAIN_LENGTH = 253;

    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_MESSAGE = "a lowercase RFC 1123 label must consist of lower case alphanumeric"
            + " characters or '-', and must start and end with an alphanumeric character";
    private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
    private static final String SUBDOMAIN_MESSAGE = "a lowercase RFC 1123 subdomain must consist of lower case"
            + " alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
    private static final String LABEL_1035_FORM = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_1035_MESSAGE =
            "a DNS-1035 label must consist of lower case alphanumeric characters"
                    + " or '-', start with an alphabetic character, and end with an alphanumeric character";
    private static final String QUALIFIED_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String QUALIFIED_MESSAGE = "must consist of alphanumeric characters, '-', '_' or '.', and must"
            + " start and end with an alphanumeric character";
    private static final String VALUE_FORM = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
    private static final String VALUE_MESSAGE = "a valid label must be an empty string or consist of alphanumeric"
            + " characters, '-', '_' or '.', and must start and end with an alphanumeric character";

    private Names() {}

    /// RFC 1123 label: most names inside specs, namespaces.
    public static boolean isLabel(String text) {
        return !text.isEmpty() && text.length() <= MAX_LABEL_LENGTH && labelForm(text, 0, text.length());
    }

    /// RFC 1123 subdomain: most object names.
    public static boolean isSubdomain(String text) {
        return !text.isEmpty() && text.length() <= MAX_SUBDOMAIN_LENGTH && subdomainForm(text);
    }

    /// Upstream `IsDNS1123Label`.
    public static List<String> label(String text) {
        if (isLabel(text)) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>(2);
        if (text.length() > MAX_LABEL_LENGTH) {
            wrong.add(tooLong(MAX_LABEL_LENGTH));
        }
        if (text.isEmpty() || !labelForm(text, 0, text.length())) {
            wrong.add(
                    subdomainForm(text) && !text.isEmpty()
                            ? "must not contain dots"
                            : form(LABEL_MESSAGE, LABEL_FORM, "my-name", "123-abc"));
        }
        return wrong;
    }

    /// Upstream `IsDNS1123Subdomain`.
    public static List<String> subdomain(String text) {
        if (isSubdomain(text)) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>(2);
        if (text.length() > MAX_SUBDOMAIN_LENGTH) {
            wrong.add(tooLong(MAX_SUBDOMAIN_LENGTH));
        }
        if (text.isEmpty() || !subdomainForm(text)) {
            wrong.add(form(SUBDOMAIN_MESSAGE, SUBDOMAIN_FORM, "example.com"));
        }
        return wrong;
    }

    /// Upstream `IsDNS1035Label`: names of Services.
    public static List<String> label1035(String text) {
        List<String> wrong = new ArrayList<>(2);
        if (text.length() > MAX_LABEL_LENGTH) {
            wrong.add(tooLong(MAX_LABEL_LENGTH));
        }
        if (text.isEmpty() || text.charAt(0) < 'a' || text.charAt(0) > 'z' || !labelForm(text, 0, text.length())) {
            wrong.add(form(LABEL_1035_MESSAGE, LABEL_1035_FORM, "my-name", "abc-123"));
        }
        return wrong;
    }

    /// Upstream `IsQualifiedName`: keys of labels and annotations, finalizers.
    public static List<String> qualified(String text) {
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        if (slash < 0 && isQualifiedPart(name)) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>(2);
        if (slash >= 0 && name.indexOf('/') >= 0) {
            return List.of(
                    "a valid label key " + form(QUALIFIED_MESSAGE, QUALIFIED_FORM, "MyName", "my.name", "123-abc")
                            + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        if (slash >= 0) {
            String prefix = text.substring(0, slash);
            if (prefix.isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                subdomain(prefix).forEach(message -> wrong.add("prefix part " + message));
            }
        }
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else if (name.length() > MAX_LABEL_LENGTH) {
            wrong.add("name part " + tooLong(MAX_LABEL_LENGTH));
        }
        if (!qualifiedForm(name)) {
            wrong.add("name part " + form(QUALIFIED_MESSAGE, QUALIFIED_FORM, "MyName", "my.name", "123-abc"));
        }
        return wrong;
    }

    /// Upstream `IsValidLabelValue`.
    public static List<String> labelValue(String text) {
        if (text.isEmpty() || isQualifiedPart(text)) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>(2);
        if (text.length() > MAX_LABEL_LENGTH) {
            wrong.add(tooLong(MAX_LABEL_LENGTH));
        }
        if (!qualifiedForm(text)) {
            wrong.add(form(VALUE_MESSAGE, VALUE_FORM, "MyValue", "my_value", "12345"));
        }
        return wrong;
    }

    /// Upstream `path.IsValidPathSegmentName`: names of RBAC objects and others that may hold `:`.
    public static List<String> pathSegment(String text) {
        if (text.equals(".") || text.equals("..")) {
            return List.of("may not be '" + text + "'");
        }
        List<String> wrong = new ArrayList<>(2);
        if (text.indexOf('/') >= 0) {
            wrong.add("may not contain '/'");
        }
        if (text.indexOf('%') >= 0) {
            wrong.add("may not contain '%'");
        }
        return wrong;
    }

    private static boolean isQualifiedPart(String text) {
        return text.length() <= MAX_LABEL_LENGTH && qualifiedForm(text);
    }

    private static boolean labelForm(String text, int from, int to) {
        if (from == to || !isLowerAlphanumeric(text.charAt(from)) || !isLowerAlphanumeric(text.charAt(to - 1))) {
            return false;
        }
        for (int i = from + 1; i < to - 1; i++) {
            char c = text.charAt(i);
            if (!isLowerAlphanumeric(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean subdomainForm(String text) {
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            if (!labelForm(text, from, dot)) {
                return false;
            }
            from = dot + 1;
        }
        return labelForm(text, from, text.length());
    }

    private static boolean qualifiedForm(String text) {
        int last = text.length() - 1;
        if (last < 0 || !isAlphanumeric(text.charAt(0)) || !isAlphanumeric(text.charAt(last))) {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLowerAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(char c) {
        return isLowerAlphanumeric(c) || c >= 'A' && c <= 'Z';
    }

    private static String tooLong(int max) {
        return "must be no more than " + max + " bytes";
    }

    private static String form(String message, String form, String... examples) {
        return message + " (e.g. '" + String.join("', or '", examples).replace("', or '", "',  or '")
                + "', regex used for validation is '" + form + "')";
    }
}
