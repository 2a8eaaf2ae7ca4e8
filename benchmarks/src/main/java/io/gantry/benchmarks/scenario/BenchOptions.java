package io.gantry.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

/// How much to measure.
///
/// @param clients how many clients at once, one run each
/// @param time how long each run is measured
/// @param warmup how long each run goes before
/// @param objects how many objects reads work on
/// @param pods how many pods the lists have
/// @param watchers how many watchers, one run each
/// @param connections at most so many; each client has its own below that
/// @param threads event loops of the load client
public record BenchOptions(
        List<Integer> clients,
        Duration time,
        Duration warmup,
        int objects,
        List<Integer> pods,
        List<Integer> watchers,
        int informers,
        int connections,
        int threads) {
    public BenchOptions {
        clients = List.copyOf(clients);
        pods = List.copyOf(pods);
        watchers = List.copyOf(watchers);
    }

    public BenchOptions withClients(Integer... some) {
        return new BenchOptions(List.of(some), time, warmup, objects, pods, watchers, informers, connections, threads);
    }

    public BenchOptions withPods(Integer... some) {
        return new BenchOptions(
                clients, time, warmup, objects, List.of(some), watchers, informers, connections, threads);
    }

    public BenchOptions withWatchers(Integer... some) {
        return new BenchOptions(clients, time, warmup, objects, pods, List.of(some), informers, connections, threads);
    }

    public BenchOptions withTimes(Duration newWarmup, Duration newTime) {
        return new BenchOptions(clients, newTime, newWarmup, objects, pods, watchers, informers, connections, threads);
    }
}
