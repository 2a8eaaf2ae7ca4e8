package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.INT;
import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.STRINGS;
import static io.gantry.cel.library.Overloads.member;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gantry.cel.value.CelError;
import java.util.ArrayList;
import java.util.List;

/// Regular expressions in RE2's syntax: linear in time whatever the pattern.
public final class RegexFunctions {
    private RegexFunctions() {}

    static void add(FunctionTable table) {
        table.standard("matches", args -> apply("matches", compile(Arguments.text(args[1])), args));
        table.declare(
                "find",
                Object.class,
                args -> apply("find", compile(Arguments.text(args[1])), args),
                member("string_find_string", STRING, STRING, STRING));
        table.declare(
                "findAll",
                Object.class,
                args -> apply("findAll", compile(Arguments.text(args[1])), args),
                member("string_find_all_string", STRINGS, STRING, STRING),
                member("string_find_all_string_int", STRINGS, STRING, STRING, INT));
    }

    /// Compiles a pattern.
    ///
    /// @throws CelError when it is malformed
    public static Pattern compile(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException malformed) {
            throw new CelError("error parsing regexp: " + malformed.getMessage());
        }
    }

    static Object apply(String function, Pattern pattern, Object... args) {
        Matcher matcher = pattern.matcher(Arguments.text(args[0]));
        return switch (function) {
            case "matches" -> matcher.find();
            case "find" -> matcher.find() ? matcher.group() : "";
            default -> all(matcher, args.length > 2 ? Arguments.number(args[2]) : -1);
        };
    }

    private static List<Object> all(Matcher matcher, long limit) {
        List<Object> found = new ArrayList<>();
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
