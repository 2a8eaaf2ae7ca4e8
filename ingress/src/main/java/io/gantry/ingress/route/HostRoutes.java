package io.gantry.ingress.route;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The paths of one host. Immutable.
sealed interface HostRoutes {
    /// @param path in normal form
    Optional<Route> find(String path);

    /// @param rules of all Ingresses, in any order
    /// @param problems is told of paths that are not served
    static HostRoutes of(List<PathRule> rules, Consumer<Notice> problems) {
        List<PathRule> oldestFirst =
                rules.stream().sorted(Comparator.comparingInt(PathRule::age)).toList();
        return rules.stream().anyMatch(PathRule::asksForRegex)
                ? ByPattern.of(oldestFirst, problems)
                : ByElements.of(oldestFirst, problems);
    }

    private static Notice taken(PathRule rule, Route by) {
        return new Notice(
                rule.ingress(),
                "PathTaken",
                "path " + rule.path() + " is not served: ingress " + by.ingress() + ", which is older, has it");
    }

    /// Equal paths first, then the longest prefix of whole elements.
    record ByElements(Map<String, Route> exact, Map<String, Route> prefixes) implements HostRoutes {
        static ByElements of(List<PathRule> oldestFirst, Consumer<Notice> problems) {
            Map<String, Route> exact = new HashMap<>();
            Map<String, Route> prefixes = new HashMap<>();
            for (PathRule rule : oldestFirst) {
                Route before = switch (rule.kind()) {
                    case EXACT -> exact.putIfAbsent(rule.path(), rule.route());
                    case PREFIX -> prefixes.putIfAbsent(element(rule.path()), rule.route());
                };
                if (before != null && !before.ingress().equals(rule.ingress())) {
                    problems.accept(taken(rule, before));
                }
            }
            return new ByElements(Map.copyOf(exact), Map.copyOf(prefixes));
        }

        private static String element(String path) {
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }

        @Override
        public Optional<Route> find(String path) {
            Route equal = exact.get(path);
            if (equal != null) {
                return Optional.of(equal);
            }
            String prefix = element(path);
            while (true) {
                Route route = prefixes.get(prefix);
                if (route != null || prefix.isEmpty()) {
                    return Optional.ofNullable(route);
                }
                prefix = prefix.substring(0, prefix.lastIndexOf('/'));
            }
        }
    }

    /// All paths are regular expressions, the longest first, whatever their type: what ingress-nginx does with a host
    /// for which any Ingress has `use-regex` or `rewrite-target`.
    record ByPattern(List<Candidate> candidates) implements HostRoutes {
        record Candidate(Pattern pattern, Route route) {}

        public ByPattern {
            candidates = List.copyOf(candidates);
        }

        static ByPattern of(List<PathRule> oldestFirst, Consumer<Notice> problems) {
            List<Candidate> candidates = new ArrayList<>();
            Map<String, Route> seen = new HashMap<>();
            for (PathRule rule : oldestFirst.stream()
                    .sorted(Comparator.comparing((PathRule rule) -> rule.path().length(), Comparator.reverseOrder()))
                    .toList()) {
                Route before = seen.putIfAbsent(rule.path(), rule.route());
                if (before == null) {
                    Optional<Pattern> pattern = rule.pattern();
                    pattern.ifPresentOrElse(
                            p -> candidates.add(new Candidate(p, rule.route())),
                            () -> problems.accept(new Notice(
                                    rule.ingress(),
                                    "PathInvalid",
                                    "path " + rule.path() + " is not served: it is no regular expression of RE2")));
                } else if (!before.ingress().equals(rule.ingress())) {
                    problems.accept(taken(rule, before));
                }
            }
            return new ByPattern(candidates);
        }

        @Override
        public Optional<Route> find(String path) {
            for (Candidate candidate : candidates) {
                if (candidate.pattern.matcher(path).find()) {
                    return Optional.of(candidate.route);
                }
            }
            return Optional.empty();
        }
    }
}
