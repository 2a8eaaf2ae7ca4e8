package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Many pods in one namespace.
record Pods(Bench bench, LoadClient http, String namespace) {
    private static final int CLIENTS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    String path() {
        return "/api/v1/namespaces/" + namespace + "/pods";
    }

    /// Creates pods until there are so many.
    ///
    /// @param from how many there are
    void fill(int from, int to) throws InterruptedException, IOException {
        int[] next = {0};
        Object lock = new Object();
        next[0] = from;
        Result result = bench.loop(http).run("fill", CLIENTS, Duration.ZERO, PATIENCE, new ClosedLoop.Work() {
            @Override
            public @Nullable Call next(int client) {
                int number;
                synchronized (lock) {
                    if (next[0] >= to) {
                        return null;
                    }
                    number = next[0]++;
                }
                return Call.post(path(), Bodies.bytes(Bodies.pod("pod-" + number, number)));
            }

            @Override
            public boolean right(int client, int status, long bytes) {
                return status == 201;
            }
        });
        long there = bench.count(http, path());
        if (result.errors() > 0 || there != to) {
            throw new IllegalStateException("there should be " + to + " pods and are " + there);
        }
    }
}
