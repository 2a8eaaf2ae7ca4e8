package io.gantry.ingress.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.gantry.client.ObjectKey;
import java.util.Optional;

/// One path of an Ingress' rule, before it is put among the others of its host.
///
/// @param age orders Ingresses: the lesser one was first
record PathRule(Kind kind, Route route, int age) {
    /// How a path is compared.
    enum Kind {
        EXACT,
        PREFIX
    }

    String path() {
        return route.path();
    }

    /// Whether this one alone makes its host match all paths by regular expressions.
    boolean asksForRegex() {
        return route.options().useRegex()
                || route.options()
                        .rewriteTarget()
                        .filter(target -> !target.equals(path()))
                        .isPresent();
    }

    ObjectKey ingress() {
        return route.ingress();
    }

    /// Anchored at the start only; case does not count, as in ingress-nginx.
    Optional<Pattern> pattern() {
        try {
            return Optional.of(Pattern.compile("^" + path(), Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
