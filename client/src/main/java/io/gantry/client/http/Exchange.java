package io.gantry.client.http;

/// Whoever answers calls: [Transport] asks an API server; tests answer from memory. Thread-safe, blocking.
public interface Exchange extends AutoCloseable {
    /// Sends and waits for the answer.
    ///
    /// @throws io.gantry.api.StatusException for every answer that is no success, and when there is none
    Reply send(Call call);

    /// Who answers, for logs.
    String name();

    /// Lines of Prometheus' text format about the calls so far.
    default String metrics() {
        return "";
    }

    /// Ends all calls.
    @Override
    void close();
}
