package io.gantry.benchmarks.measure;

import java.util.OptionalDouble;
import java.util.TreeMap;

/// What one measurement found.
///
/// @param name e.g. `configmap-create`
/// @param clients how many asked at once
/// @param operations how many were measured
/// @param seconds how long it took
/// @param p50 and p95, p99 in milliseconds
/// @param clientCpu seconds of processor time of this process
/// @param serverCpu of the server's, when it is known
/// @param peakMegabytes the server's largest memory
/// @param errors operations that failed or were answered wrongly
/// @param more further figures, by name
public record Result(
        String name,
        int clients,
        long operations,
        double seconds,
        double p50,
        double p95,
        double p99,
        double clientCpu,
        OptionalDouble serverCpu,
        OptionalDouble peakMegabytes,
        long errors,
        TreeMap<String, Double> more) {
    public Result {
        more = new TreeMap<>(more);
    }

    public double rate() {
        return seconds == 0 ? 0 : operations / seconds;
    }

    /// Milliseconds of the server's processor time an operation.
    public OptionalDouble serverMillis() {
        return serverCpu.isEmpty() || operations == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(serverCpu.getAsDouble() * 1000 / operations);
    }

    public Result with(String figure, double value) {
        TreeMap<String, Double> wider = new TreeMap<>(more);
        wider.put(figure, value);
        return new Result(
                name, clients, operations, seconds, p50, p95, p99, clientCpu, serverCpu, peakMegabytes, errors, wider);
    }

    public Result withErrors(long count) {
        return new Result(
                name,
                clients,
                operations,
                seconds,
                p50,
                p95,
                p99,
                clientCpu,
                serverCpu,
                peakMegabytes,
                errors + count,
                more);
    }
}
