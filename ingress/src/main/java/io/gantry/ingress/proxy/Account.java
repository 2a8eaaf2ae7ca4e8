package io.gantry.ingress.proxy;

import io.gantry.ingress.route.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is told of a request once it is over: how long it took and how it ended, in metrics and, where that is wanted,
/// in the access log. A connection has one, for one request after the other. Used on its event loop.
final class Account {
    private static final Logger ACCESS = LoggerFactory.getLogger("io.gantry.ingress.access");

    private final Traffic traffic;
    private final Arrival arrival;
    private long beganNanos;
    private int code;

    Account(Traffic traffic, Arrival arrival) {
        this.traffic = traffic;
        this.arrival = arrival;
    }

    /// A request begins; nothing was answered yet.
    void begin() {
        beganNanos = System.nanoTime();
        code = 0;
    }

    /// What it was answered with.
    void answered(int status) {
        code = status;
    }

    boolean isAnswered() {
        return code != 0;
    }

    /// It went to an endpoint.
    void close(Exchange exchange) {
        Route route = exchange.route();
        RequestFacts facts = exchange.facts();
        traffic.metrics()
                .served(route.ingress(), route.backend().service().name(), code, System.nanoTime() - beganNanos);
        log(route.ingress() + " " + facts.method() + " " + facts.host() + facts.target());
    }

    /// No endpoint was asked.
    void closeUnrouted() {
        traffic.metrics().unrouted(code);
        log("-");
    }

    private void log(String what) {
        if (traffic.accessLog()) {
            ACCESS.info("{} {} {} {} ms", arrival.client(), what, code, (System.nanoTime() - beganNanos) / 1_000_000);
        }
    }
}
