package io.gantry.ingress.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gantry.client.ObjectKey;
import java.util.Optional;

/// Where requests for one path of a host go.
///
/// @param path begins with `/`; a regular expression in hosts that match by them
/// @param rewriting finds what a rewrite target's groups stand for; empty when nothing is rewritten
public record Route(
        ObjectKey ingress, String path, BackendRef backend, RouteOptions options, Optional<Pattern> rewriting) {
    /// Beyond this one no group of a rewrite target is known (nginx knows nine).
    private static final int MAX_GROUP = 9;

    /// @param options of the Ingress
    public static Route of(ObjectKey ingress, String path, BackendRef backend, RouteOptions options) {
        boolean rewrites =
                options.rewriteTarget().filter(target -> !target.equals(path)).isPresent();
        return new Route(ingress, path, backend, options, rewrites ? pattern(path) : Optional.empty());
    }

    private static Optional<Pattern> pattern(String path) {
        try {
            return Optional.of(Pattern.compile(path, Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            return Optional.empty(); // such a path is not served: HostRoutes says so
        }
    }

    /// The target that the endpoint is asked for; empty for what the client asked for. As nginx' `rewrite … break`: the
    /// expression is sought in the normal path, the query follows unless the replacement ends with `?`.
    ///
    /// @param path in normal form
    /// @param query with its `?`, or empty
    public Optional<String> rewritten(String path, String query) {
        if (rewriting.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = rewriting.get().matcher(path);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String replaced = expand(options.rewriteTarget().orElseThrow(), matcher);
        boolean dropsQuery = replaced.endsWith("?");
        String target = dropsQuery ? replaced.substring(0, replaced.length() - 1) : replaced;
        return Optional.of(dropsQuery || query.isEmpty() ? target : joined(target, query));
    }

    private static String joined(String target, String query) {
        return target.contains("?") ? target + "&" + query.substring(1) : target + query;
    }

    /// The target's own query stays as it is written; its path is escaped again.
    private static String expand(String target, Matcher matcher) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark);
        String expanded = groups(path, matcher);
        boolean elsewhere = expanded.startsWith("http://") || expanded.startsWith("https://");
        if (!elsewhere && !expanded.startsWith("/")) {
            expanded = "/" + expanded;
        }
        return RequestPath.escaped(expanded) + groups(query, matcher);
    }

    private static String groups(String text, Matcher matcher) {
        StringBuilder out = new StringBuilder(text.length() + 32);
        for (int i = 0; i < text.length(); i++) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (text.charAt(i) != '$' || next < '0' || next > '9') {
                out.append(text.charAt(i));
                continue;
            }
            i++;
            int group = next - '0';
            String value = group <= Math.min(MAX_GROUP, matcher.groupCount()) ? matcher.group(group) : null;
            out.append(value == null ? "" : value);
        }
        return out.toString();
    }
}
