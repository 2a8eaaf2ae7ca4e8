package io.gantry.client.http;

import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.util.List;

/// Upstream's metrics of a client's requests (`component-base/metrics/prometheus/restclient`). Thread-safe.
final class RequestFigures {
    /// Upstream's word where there was no answer.
    private static final String NO_ANSWER = "<error>";

    private final String host;
    private final Counts requests = Counts.counter("rest_client_requests_total", "code", "host", "method");
    private final Histogram seconds = new Histogram(
            "rest_client_request_duration_seconds",
            List.of("host", "verb"),
            0.005,
            0.025,
            0.1,
            0.25,
            0.5,
            1,
            2,
            4,
            8,
            15,
            30,
            60);

    /// @param host name and port of the API server
    RequestFigures(String host) {
        this.host = host;
    }

    void answered(String method, int code, long nanos) {
        note(method, Integer.toString(code), nanos);
    }

    void failed(String method, long nanos) {
        note(method, NO_ANSWER, nanos);
    }

    private void note(String method, String code, long nanos) {
        requests.of(code, host, method).increment();
        seconds.of(host, method).observeNanos(nanos);
    }

    String text() {
        return requests.text() + seconds.text();
    }
}
