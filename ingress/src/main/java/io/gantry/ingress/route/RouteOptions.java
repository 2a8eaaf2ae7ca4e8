package io.gantry.ingress.route;

import java.time.Duration;
import java.util.Optional;

/// What an Ingress' annotations ask for.
///
/// @param rewriteTarget what the path becomes, with `$1`…
/// @param useRegex whether paths are regular expressions
/// @param sslRedirect whether plain requests are sent to HTTPS where the host has TLS
/// @param forceSslRedirect the same where it has none
/// @param backendTls whether endpoints are spoken to over TLS (whose certificates are not checked)
/// @param bodyLimitBytes the largest body of a request; 0 for any
/// @param connectTimeout for one endpoint
/// @param readTimeout how long an endpoint may be silent
public record RouteOptions(
        Optional<String> rewriteTarget,
        boolean useRegex,
        boolean sslRedirect,
        boolean forceSslRedirect,
        boolean backendTls,
        long bodyLimitBytes,
        Duration connectTimeout,
        Duration readTimeout) {
    public static final RouteOptions DEFAULTS = new RouteOptions(
            Optional.empty(), false, true, false, false, 0, Duration.ofSeconds(5), Duration.ofSeconds(60));

    /// The same for a route without a path, where there is no expression to take groups of.
    RouteOptions withoutRewrite() {
        return new RouteOptions(
                Optional.empty(),
                false,
                sslRedirect,
                forceSslRedirect,
                backendTls,
                bodyLimitBytes,
                connectTimeout,
                readTimeout);
    }
}
