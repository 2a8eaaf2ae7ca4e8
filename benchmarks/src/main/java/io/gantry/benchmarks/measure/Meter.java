package io.gantry.benchmarks.measure;

import java.util.OptionalDouble;
import java.util.TreeMap;

/// Takes time, processor time and memory from its start on.
public final class Meter {
    private final ProcessUse server;
    private final OptionalDouble serverBefore;
    private final double clientBefore;
    private final long start = System.nanoTime();

    public Meter(ProcessUse server) {
        this.server = server;
        this.serverBefore = server.cpuSeconds();
        this.clientBefore = ProcessUse.self().cpuSeconds().orElse(0);
    }

    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /// The result until now.
    public Result result(String name, int clients, Latencies latencies, long errors) {
        return result(name, clients, latencies.count(), latencies, errors);
    }

    /// The result until now, with operations other than the latencies.
    public Result result(String name, int clients, long operations, Latencies latencies, long errors) {
        double seconds = seconds();
        OptionalDouble after = server.cpuSeconds();
        return new Result(
                name,
                clients,
                operations,
                seconds,
                latencies.millis(0.5),
                latencies.millis(0.95),
                latencies.millis(0.99),
                ProcessUse.self().cpuSeconds().orElse(0) - clientBefore,
                after.isPresent() && serverBefore.isPresent()
                        ? OptionalDouble.of(after.getAsDouble() - serverBefore.getAsDouble())
                        : OptionalDouble.empty(),
                server.peakMegabytes(),
                errors,
                new TreeMap<>());
    }
}
