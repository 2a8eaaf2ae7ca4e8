package io.gantry.ingress.proxy;

import io.gantry.ingress.endpoint.Backends;
import io.gantry.ingress.route.RouteTable;
import java.util.function.Supplier;

/// What every connection's requests are served by.
///
/// @param routes of now
/// @param httpsPort that clients are sent to; 0 where there is none
/// @param accessLog whether each request is a line in the log
public record Traffic(
        Supplier<RouteTable> routes, Backends backends, ProxyMetrics metrics, int httpsPort, boolean accessLog) {}
