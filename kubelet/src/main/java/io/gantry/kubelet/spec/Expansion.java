package io.gantry.kubelet.spec;

import java.util.Map;

/// `$(NAME)` references in commands, arguments and values (upstream `third_party/forked/golang/expansion`): `$$` is an
/// escaped dollar, an unknown name is left as it stands.
public final class Expansion {
    private Expansion() {}

    public static String expand(String input, Map<String, String> values) {
        if (input.indexOf('$') < 0) {
            return input;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < input.length()) {
            char c = input.charAt(at);
            if (c != '$' || at + 1 == input.length()) {
                out.append(c);
                at++;
                continue;
            }
            at = reference(input, at, values, out);
        }
        return out.toString();
    }

    /// Handles what begins with a dollar at this index; returns the index after it.
    private static int reference(String input, int at, Map<String, String> values, StringBuilder out) {
        char next = input.charAt(at + 1);
        if (next == '$') {
            out.append('$');
            return at + 2;
        }
        if (next != '(') {
            out.append('$').append(next);
            return at + 2;
        }
        int end = input.indexOf(')', at + 2);
        if (end < 0) {
            out.append("$(");
            return at + 2;
        }
        String name = input.substring(at + 2, end);
        String value = values.get(name);
        out.append(value == null ? "$(" + name + ")" : value);
        return end + 1;
    }
}
