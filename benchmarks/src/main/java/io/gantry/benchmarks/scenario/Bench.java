package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Reply;
import io.gantry.benchmarks.http.Target;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// What a scenario runs against.
///
/// @param server its process, when it is on this machine and known
/// @param results takes each result as it comes
/// @param restart empty when the server is not ours to restart
public record Bench(
        Target target, ProcessUse server, BenchOptions options, Consumer<Result> results, Optional<Restart> restart) {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration DELETION_PATIENCE = Duration.ofMinutes(5);

    public Bench withOptions(BenchOptions other) {
        return new Bench(target, server, other, results, restart);
    }

    /// The same server after a restart: its process is another one.
    public Bench withServer(ProcessUse other) {
        return new Bench(target, other, options, results, restart);
    }

    /// Restarts the server that is measured.
    public interface Restart {
        /// Stops and starts it on the same data.
        ///
        /// @param path what must be answered for it to count as back
        /// @return seconds from the start of the process to that answer
        double restart(String path) throws IOException;

        /// The process now.
        ProcessUse use();
    }

    public void report(Result result) {
        results.accept(result);
    }

    /// A connection for each client, up to the limit.
    LoadClient connect(int clients) throws IOException {
        return LoadClient.connect(target, Math.min(clients, options.connections()), options.threads());
    }

    ClosedLoop loop(LoadClient http) {
        return new ClosedLoop(http, server);
    }

    /// A name that no run before had: a namespace may take its time to go.
    static String unique(String name) {
        return "gantry-bench-" + name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    }

    /// Makes a namespace that pods can be created in.
    void namespace(LoadClient http, String name) throws IOException {
        Reply made = http.await(Call.post("/api/v1/namespaces", Bodies.named("v1", "Namespace", name)));
        if (made.status() == 409) {
            throw new IllegalStateException("the namespace " + name
                    + " is there already, perhaps from a run that was broken off: delete it first");
        }
        made.require("creating namespace " + name);
        Reply account = http.await(Call.post(
                "/api/v1/namespaces/" + name + "/serviceaccounts", Bodies.named("v1", "ServiceAccount", "default")));
        if (account.status() != 409) {
            account.require("creating the default service account");
        }
    }

    /// Deletes what the scenario made: all objects of a resource, then the namespace.
    void remove(LoadClient http, String namespace, String... plurals) throws IOException {
        for (String plural : plurals) {
            String path = "/api/v1/namespaces/" + namespace + "/" + plural;
            long end = System.nanoTime() + DELETION_PATIENCE.toNanos();
            while (http.await(Call.delete(path + "?gracePeriodSeconds=0")).status() == 504 || count(http, path) > 0) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("the " + plural + " of " + namespace + " do not go away");
                }
                pause();
            }
        }
        http.await(Call.delete("/api/v1/namespaces/" + namespace));
    }

    /// How many objects there are, by a list of one.
    long count(LoadClient http, String path) throws IOException {
        var list = http.await(Call.get(path + "?limit=1"))
                .require("counting " + path)
                .json();
        return list.path("items").size()
                + list.path("metadata").path("remainingItemCount").asLong(0);
    }

    /// Waits a moment between two looks at something that only polling can tell.
    static void pause() {
        LockSupport.parkNanos(POLL.toNanos());
    }
}
