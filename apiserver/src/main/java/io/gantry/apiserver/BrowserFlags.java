package io.gantry.apiserver;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gantry.component.Flags;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What browsers are told beside an answer.
///
/// @param origins whose pages may ask (`--cors-allowed-origins`); none without the flag
/// @param strictTransport the directives of `Strict-Transport-Security`; none without the flag
public record BrowserFlags(List<Pattern> origins, List<String> strictTransport) {
    public static final BrowserFlags NONE = new BrowserFlags(List.of(), List.of());
    private static final String HSTS = "strict-transport-security-directives";
    private static final String CORS = "cors-allowed-origins";

    public BrowserFlags {
        origins = List.copyOf(origins);
        strictTransport = List.copyOf(strictTransport);
    }

    /// @throws IllegalArgumentException for what upstream refuses too
    static BrowserFlags parse(Flags flags) {
        return new BrowserFlags(
                values(flags, CORS).map(BrowserFlags::origin).toList(),
                values(flags, HSTS).map(BrowserFlags::directive).toList());
    }

    private static Stream<String> values(Flags flags, String name) {
        return flags.all(name).stream().flatMap(list -> Arrays.stream(list.split(",", -1)));
    }

    /// An expression that says nothing of where the host begins and ends would let in `example.com.evil.org`.
    private static Pattern origin(String expression) {
        if (expression.isEmpty()) {
            throw new IllegalArgumentException("empty value in --" + CORS);
        }
        boolean begins = expression.contains("^") || expression.contains("//");
        boolean ends = expression.contains("$") || expression.contains(":");
        if (!begins || !ends) {
            throw new IllegalArgumentException("--" + CORS + " has an invalid regular expression: "
                    + "regular expression does not pin to start/end of host in the origin header");
        }
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "--" + CORS + " has an invalid regular expression: " + e.getMessage(), e);
        }
    }

    private static String directive(String directive) {
        if (directive.isBlank()) {
            throw new IllegalArgumentException("empty value in " + HSTS);
        }
        boolean known = directive.equals("includeSubDomains") || directive.equals("preload");
        if (!known && !directive.matches("max-age=[^=]*")) {
            throw new IllegalArgumentException(
                    "--" + HSTS + " invalid, allowed values: max-age=expireTime, includeSubDomains, preload");
        }
        return directive;
    }
}
