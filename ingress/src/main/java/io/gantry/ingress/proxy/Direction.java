package io.gantry.ingress.proxy;

import io.gantry.ingress.route.RequestPath;
import io.gantry.ingress.route.Route;
import io.gantry.ingress.route.RouteOptions;
import io.gantry.ingress.route.RouteTable;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;

/// Where a request goes. Pure.
sealed interface Direction {
    int HTTPS = 443;

    /// No Ingress wants it.
    record Nowhere() implements Direction {}

    /// The client is sent elsewhere.
    record Redirect(HttpResponseStatus status, String location) implements Direction {}

    /// An endpoint is asked for the target.
    ///
    /// @param target begins with `/`
    record Forward(Route route, String target) implements Direction {}

    /// @param httpsPort that clients are sent to; 0 where there is none
    static Direction of(RouteTable table, RequestFacts facts, Arrival arrival, int httpsPort) {
        Optional<Route> found = table.find(facts.hostName(), facts.path());
        if (found.isEmpty()) {
            return new Nowhere();
        }
        Route route = found.get();
        if (!arrival.tls() && httpsPort != 0 && wantsTls(route.options(), table, facts)) {
            String port = httpsPort == HTTPS ? "" : ":" + httpsPort;
            return new Redirect(
                    HttpResponseStatus.PERMANENT_REDIRECT, "https://" + facts.hostName() + port + facts.target());
        }
        String target =
                route.rewritten(facts.path(), RequestPath.query(facts.target())).orElse(facts.target());
        return target.startsWith("/") ? new Forward(route, target) : new Redirect(HttpResponseStatus.FOUND, target);
    }

    private static boolean wantsTls(RouteOptions options, RouteTable table, RequestFacts facts) {
        return options.forceSslRedirect() || (options.sslRedirect() && table.hasTls(facts.hostName()));
    }
}
