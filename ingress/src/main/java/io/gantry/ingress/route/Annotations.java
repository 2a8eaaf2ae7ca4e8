package io.gantry.ingress.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the annotations of ingress-nginx (`nginx.ingress.kubernetes.io/…`, its user guide's page of annotations).
/// Pure.
///
/// @param problems annotations that are not served and values that make no sense, in words
public record Annotations(RouteOptions options, List<String> problems) {
    public static final String PREFIX = "nginx.ingress.kubernetes.io/";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final Pattern OTHER_VARIABLE = Pattern.compile("\\$(?!\\d)");

    public Annotations {
        problems = List.copyOf(problems);
    }

    public static Annotations of(Map<String, String> annotations) {
        Reading reading = new Reading();
        new TreeMap<>(annotations).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                reading.read(name.substring(PREFIX.length()), value);
            }
        });
        return new Annotations(reading.options(), reading.problems);
    }

    private static final class Reading {
        private final List<String> problems = new ArrayList<>();
        private Optional<String> rewriteTarget = RouteOptions.DEFAULTS.rewriteTarget();
        private boolean useRegex = RouteOptions.DEFAULTS.useRegex();
        private boolean sslRedirect = RouteOptions.DEFAULTS.sslRedirect();
        private boolean forceSslRedirect = RouteOptions.DEFAULTS.forceSslRedirect();
        private boolean backendTls = RouteOptions.DEFAULTS.backendTls();
        private long bodyLimitBytes = RouteOptions.DEFAULTS.bodyLimitBytes();
        private Duration connectTimeout = RouteOptions.DEFAULTS.connectTimeout();
        private Duration readTimeout = RouteOptions.DEFAULTS.readTimeout();

        RouteOptions options() {
            return new RouteOptions(
                    rewriteTarget,
                    useRegex,
                    sslRedirect,
                    forceSslRedirect,
                    backendTls,
                    bodyLimitBytes,
                    connectTimeout,
                    readTimeout);
        }

        void read(String name, String value) {
            switch (name) {
                case "rewrite-target" -> rewriteTarget = target(value);
                case "use-regex" -> useRegex = truth(name, value, useRegex);
                case "ssl-redirect" -> sslRedirect = truth(name, value, sslRedirect);
                case "force-ssl-redirect" -> forceSslRedirect = truth(name, value, forceSslRedirect);
                case "backend-protocol" -> backendTls = isTls(value);
                case "proxy-body-size" -> bodyLimitBytes = size(value);
                case "proxy-connect-timeout" -> connectTimeout = seconds(name, value, connectTimeout);
                case "proxy-read-timeout" -> readTimeout = seconds(name, value, readTimeout);
                default -> problems.add("annotation " + PREFIX + name + " is not supported and has no effect");
            }
        }

        private Optional<String> target(String value) {
            if (OTHER_VARIABLE.matcher(value).find()) {
                problems.add("annotation " + PREFIX + "rewrite-target: of variables only $1, $2, … are supported, not "
                        + value);
                return Optional.empty();
            }
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        }

        private boolean truth(String name, String value, boolean fallback) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "true", "1", "t" -> true;
                case "false", "0", "f" -> false;
                default -> {
                    problems.add("annotation " + PREFIX + name + ": neither true nor false: " + value);
                    yield fallback;
                }
            };
        }

        private boolean isTls(String value) {
            return switch (value.toUpperCase(Locale.ROOT)) {
                case "HTTP" -> false;
                case "HTTPS" -> true;
                default -> {
                    problems.add("annotation " + PREFIX + "backend-protocol: " + value
                            + " is not supported, HTTP and HTTPS are; HTTP is used");
                    yield false;
                }
            };
        }

        private long size(String value) {
            Matcher matcher = SIZE.matcher(value.trim());
            if (!matcher.matches()) {
                problems.add("annotation " + PREFIX + "proxy-body-size: no size like 8m: " + value);
                return RouteOptions.DEFAULTS.bodyLimitBytes();
            }
            int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                case "k" -> 10;
                case "m" -> 20;
                case "g" -> 30;
                default -> 0;
            };
            return Long.parseLong(matcher.group(1)) << shift;
        }

        private Duration seconds(String name, String value, Duration fallback) {
            if (!SECONDS.matcher(value).matches() || Integer.parseInt(value) == 0) {
                problems.add("annotation " + PREFIX + name + ": no number of seconds: " + value);
                return fallback;
            }
            return Duration.ofSeconds(Integer.parseInt(value));
        }
    }
}
