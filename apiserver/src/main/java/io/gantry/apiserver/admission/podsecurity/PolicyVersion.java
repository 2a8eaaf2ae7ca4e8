package io.gantry.apiserver.admission.podsecurity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The version of the standards that a namespace asks for: what a check refuses changed with time.
///
/// @param minor of Kubernetes 1
record PolicyVersion(int minor) {
    static final PolicyVersion LATEST = new PolicyVersion(Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("v1\\.(0|[1-9][0-9]{0,3})");

    /// What cannot be read means the newest, as upstream's.
    static PolicyVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? new PolicyVersion(Integer.parseInt(matcher.group(1))) : LATEST;
    }

    static boolean isKnown(String text) {
        return text.equals("latest") || FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return equals(LATEST) ? "latest" : "v1." + minor;
    }

    boolean since(int first) {
        return minor >= first;
    }
}
