package io.gantry.cel.library;

import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Opaque;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A semantic version. Equal by precedence: build metadata does not count.
public record CelSemver(long major, long minor, long patch, List<String> pre) implements Opaque, Comparable<CelSemver> {
    static final String TYPE = "kubernetes.Semver";
    private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d{0,18})\\.(0|[1-9]\\d{0,18})\\.(0|[1-9]\\d{0,18})"
            + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
            + "(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?");

    /// @throws CelError when the text is no version
    public static CelSemver of(String text) {
        return parse(text, false);
    }

    /// @throws CelError when the text is no version
    static CelSemver parse(String text, boolean normalize) {
        Matcher form = FORM.matcher(normalize ? normalized(text) : text);
        if (!form.matches()) {
            throw new CelError(text.isEmpty() ? "Version string empty" : "No Major.Minor.Patch elements found");
        }
        try {
            return new CelSemver(
                    Long.parseLong(form.group(1)),
                    Long.parseLong(form.group(2)),
                    Long.parseLong(form.group(3)),
                    form.group(4) == null ? List.of() : List.of(form.group(4).split("\\.")));
        } catch (NumberFormatException tooLarge) {
            throw new CelError("version number out of range");
        }
    }

    /// Without a leading `v`, leading zeros, and with what is missing filled up.
    private static String normalized(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].length() > 1) {
                String stripped = parts[i].replaceFirst("^0+", "");
                parts[i] = stripped.isEmpty() || !Character.isDigit(stripped.charAt(0)) ? "0" + stripped : stripped;
            }
        }
        String joined = String.join(".", parts);
        if (parts.length < 3 && (joined.contains("+") || joined.contains("-"))) {
            throw new CelError("short version cannot contain PreRelease/Build meta data");
        }
        return joined + ".0".repeat(3 - parts.length);
    }

    @Override
    public int compareTo(CelSemver other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        if (order != 0 || pre.equals(other.pre)) {
            return order;
        }
        if (pre.isEmpty() || other.pre.isEmpty()) {
            return pre.isEmpty() ? 1 : -1;
        }
        for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
            int part = comparePart(pre.get(i), other.pre.get(i));
            if (part != 0) {
                return part;
            }
        }
        return Integer.compare(pre.size(), other.pre.size());
    }

    private static int comparePart(String left, String right) {
        boolean leftNumber = left.chars().allMatch(Character::isDigit);
        boolean rightNumber = right.chars().allMatch(Character::isDigit);
        if (leftNumber && rightNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftNumber != rightNumber ? (leftNumber ? -1 : 1) : Integer.signum(left.compareTo(right));
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
