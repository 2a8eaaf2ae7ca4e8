package io.gantry.e2e.kubectl;

import java.util.List;
import java.util.regex.Pattern;

/// One kubectl command of a matrix and what it must answer.
///
/// @param command the words after `kubectl`, separated by blanks, `'…'` around words with blanks
/// @param input standard input
/// @param code the exit code
/// @param expected what standard output and standard error together must contain, as a regular expression
/// @param from the first minor version of kubectl that has the command
record Step(String command, String input, int code, String expected, int from) {
    /// No output.
    static final String NOTHING = "\\A\\s*\\z";

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /// Must succeed.
    static Step ok(String command, String expected) {
        return new Step(command, "", 0, expected, 0);
    }

    /// Must fail with exit code 1.
    static Step fails(String command, String expected) {
        return new Step(command, "", 1, expected, 0);
    }

    Step exits(int other) {
        return new Step(command, input, other, expected, from);
    }

    Step reading(String text) {
        return new Step(command, text, code, expected, from);
    }

    /// The same, only for kubectl 1.`minor` and later.
    Step since(int minor) {
        return new Step(command, input, code, expected, minor);
    }

    List<String> words() {
        return WORD.matcher(command)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }
}
