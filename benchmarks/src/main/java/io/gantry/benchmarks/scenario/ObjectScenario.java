package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Single objects of one kind: create, get, update, merge patch, server-side apply, delete, each from several numbers
/// of clients. Every client has objects of its own, so that no write conflicts.
final class ObjectScenario implements Scenario {
    private static final Duration FILL = Duration.ofSeconds(120);
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    /// The kinds.
    enum Kind {
        CONFIGMAP("configmaps") {
            @Override
            String body(String name, long version) {
                return Bodies.configMap(name, version);
            }

            @Override
            String patch(long version) {
                return "{\"data\":{\"version\":\"p" + version + "\"}}";
            }
        },
        POD("pods") {
            @Override
            String body(String name, long version) {
                return Bodies.pod(name, 1, "gantry-bench-nobody", version);
            }

            @Override
            String patch(long version) {
                return "{\"metadata\":{\"labels\":{\"version\":\"p" + version + "\"}}}";
            }
        };

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        abstract String body(String name, long version);

        abstract String patch(long version);
    }

    /// The verbs, in the order in which they are measured.
    enum Step {
        CREATE,
        GET,
        UPDATE,
        PATCH,
        APPLY,
        DELETE
    }

    private final Kind kind;
    private final Set<Step> steps;

    ObjectScenario(Kind kind, Set<Step> steps) {
        this.kind = kind;
        this.steps = EnumSet.copyOf(steps);
    }

    @Override
    public String name() {
        return steps.size() == 1 ? resultName(steps.iterator().next()) : kind.plural;
    }

    private String resultName(Step step) {
        return (kind.name() + "-" + step.name()).toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return steps.size() == 1
                ? steps.iterator().next() + " of " + kind.plural + " at each number of clients"
                : "create, get, update, patch, apply and delete of " + kind.plural + " at each number of clients";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        for (int clients : bench.options().clients()) {
            try (LoadClient http = bench.connect(clients)) {
                String namespace = Bench.unique(kind.plural + "-" + clients);
                bench.namespace(http, namespace);
                try {
                    new Run(bench, http, namespace, clients).measure();
                } finally {
                    bench.remove(http, namespace, kind.plural);
                }
            }
        }
    }

    private final class Run {
        private final Bench bench;
        private final LoadClient http;
        private final ClosedLoop loop;
        private final String path;
        private final int clients;
        /// Objects `0 … made - 1` of each client are there, but for those below `gone`.
        private final int[] made;

        private final int[] gone;
        private final long[] at;

        Run(Bench bench, LoadClient http, String namespace, int clients) {
            this.bench = bench;
            this.http = http;
            this.loop = bench.loop(http);
            this.path = "/api/v1/namespaces/" + namespace + "/" + kind.plural;
            this.clients = clients;
            this.made = new int[clients];
            this.gone = new int[clients];
            this.at = new long[clients];
        }

        void measure() throws IOException, InterruptedException {
            if (!steps.contains(Step.CREATE)) {
                int each = Math.max(1, bench.options().objects() / clients);
                expectNoErrors(loop.run("fill", clients, Duration.ZERO, FILL, creating(each)));
            }
            for (Step step : steps) {
                Result result = loop.run(
                        resultName(step),
                        clients,
                        bench.options().warmup(),
                        bench.options().time(),
                        work(step));
                bench.report(result.withErrors(step == Step.CREATE || step == Step.DELETE ? missing() : 0));
            }
        }

        private static void expectNoErrors(Result result) {
            if (result.errors() > 0) {
                throw new IllegalStateException(result.errors() + " objects could not be made");
            }
        }

        /// How many objects are missing or should not be there.
        private long missing() throws IOException {
            long expected = 0;
            for (int i = 0; i < clients; i++) {
                expected += made[i] - gone[i];
            }
            return Math.abs(bench.count(http, path) - expected);
        }

        private ClosedLoop.Work work(Step step) {
            return switch (step) {
                case CREATE -> creating(Integer.MAX_VALUE);
                case GET -> new Each(200, i -> Call.get(path + "/" + some(i)));
                case UPDATE ->
                    new Each(200, i -> {
                        String name = some(i);
                        return Call.put(path + "/" + name, Bodies.bytes(kind.body(name, at[i])));
                    });
                case PATCH ->
                    new Each(200, i -> Call.patch(path + "/" + some(i), MERGE, Bodies.bytes(kind.patch(at[i]))));
                case APPLY -> applying();
                case DELETE -> deleting();
            };
        }

        private String name(int client, long number) {
            return "c" + client + "-" + number;
        }

        /// The next of a client's objects, round and round.
        private String some(int client) {
            return name(client, at[client]++ % Math.max(1, made[client]));
        }

        private ClosedLoop.Work creating(int limit) {
            return new ClosedLoop.Work() {
                @Override
                public @Nullable Call next(int i) {
                    return made[i] >= limit ? null : Call.post(path, Bodies.bytes(kind.body(name(i, made[i]), 0)));
                }

                @Override
                public boolean right(int i, int status, long bytes) {
                    made[i] += status == 201 ? 1 : 0;
                    return status == 201;
                }
            };
        }

        private ClosedLoop.Work applying() {
            return new ClosedLoop.Work() {
                @Override
                public Call next(int i) {
                    String name = name(i, made[i]);
                    return Call.patch(
                            path + "/" + name + "?fieldManager=bench&force=true",
                            APPLY,
                            Bodies.bytes(kind.body(name, 0)));
                }

                @Override
                public boolean right(int i, int status, long bytes) {
                    made[i] += status == 201 ? 1 : 0;
                    return status == 201;
                }
            };
        }

        private ClosedLoop.Work deleting() {
            return new ClosedLoop.Work() {
                @Override
                public @Nullable Call next(int i) {
                    return gone[i] >= made[i]
                            ? null
                            : Call.delete(path + "/" + name(i, gone[i]) + "?gracePeriodSeconds=0");
                }

                @Override
                public boolean right(int i, int status, long bytes) {
                    gone[i] += status == 200 ? 1 : 0;
                    return status == 200;
                }
            };
        }
    }

    private interface Making {
        Call call(int client);
    }

    private record Each(int expected, Making making) implements ClosedLoop.Work {
        @Override
        public Call next(int client) {
            return making.call(client);
        }

        @Override
        public boolean right(int client, int status, long bytes) {
            return status == expected && bytes > 500;
        }
    }
}
