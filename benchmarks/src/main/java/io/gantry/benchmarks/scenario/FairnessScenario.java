package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Reply;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Whether a tenant that floods the server with whole lists slows the writes of another: p99 of lease updates alone and
/// during the flood. The tenants are service accounts with tokens of their own.
final class FairnessScenario implements Scenario {
    private static final int FLOODERS = 64;

    @Override
    public String name() {
        return "fairness";
    }

    @Override
    public String description() {
        return "p99 of a tenant's lease updates while another tenant floods the server with lists";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        try (LoadClient http = bench.connect(FLOODERS)) {
            String namespace = Bench.unique("fairness");
            bench.namespace(http, namespace);
            try {
                Pods pods = new Pods(bench, http, namespace);
                pods.fill(0, bench.options().pods().getFirst());
                measure(bench, http, pods, namespace);
            } finally {
                bench.remove(http, namespace, "pods");
                http.await(Call.delete("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/" + namespace));
            }
        }
    }

    private static void measure(Bench bench, LoadClient http, Pods pods, String namespace)
            throws IOException, InterruptedException {
        http.await(Call.post(
                        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
                        "{\"metadata\":{\"name\":\"" + namespace + "\"},\"roleRef\":{\"apiGroup\":"
                                + "\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"cluster-admin\"},"
                                + "\"subjects\":[{\"kind\":\"Group\",\"apiGroup\":\"rbac.authorization.k8s.io\","
                                + "\"name\":\"system:serviceaccounts:" + namespace + "\"}]}"))
                .require("letting the tenants in");
        String leases = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
        http.await(Call.post(leases, Bodies.named("coordination.k8s.io/v1", "Lease", "lease")))
                .require("creating a lease");
        try (LoadClient quiet = LoadClient.connect(bench.target().withToken(token(http, namespace, "quiet")), 1, 1);
                LoadClient noisy = LoadClient.connect(
                        bench.target().withToken(token(http, namespace, "noisy")),
                        FLOODERS,
                        bench.options().threads())) {
            Result alone = leases(bench, quiet, leases, "fairness-alone");
            bench.report(alone);
            AtomicBoolean flooding = new AtomicBoolean(true);
            AtomicLong lists = new AtomicLong();
            AtomicLong refused = new AtomicLong();
            CompletableFuture<Result> flood = flood(bench, noisy, pods, flooding, lists, refused);
            Result beside = leases(bench, quiet, leases, "fairness-beside-flood");
            flooding.set(false);
            flood.join();
            bench.report(beside.with("timesAlone", beside.p99() / alone.p99())
                    .with("lists", lists.get())
                    .with("refused429", refused.get()));
        }
    }

    private static String token(LoadClient http, String namespace, String name) throws IOException {
        String accounts = "/api/v1/namespaces/" + namespace + "/serviceaccounts";
        http.await(Call.post(accounts, Bodies.named("v1", "ServiceAccount", name)))
                .require("creating a service account");
        Reply reply = http.await(Call.post(
                accounts + "/" + name + "/token",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}"));
        return reply.require("asking for a token")
                .json()
                .path("status")
                .path("token")
                .asString();
    }

    private static Result leases(Bench bench, LoadClient quiet, String path, String name) throws InterruptedException {
        AtomicLong number = new AtomicLong();
        return bench.loop(quiet)
                .run(name, 1, bench.options().warmup(), bench.options().time(), new ClosedLoop.Work() {
                    @Override
                    public Call next(int client) {
                        return Call.patch(
                                path + "/lease",
                                "application/merge-patch+json",
                                Bodies.bytes(
                                        "{\"spec\":{\"holderIdentity\":\"bench-" + number.incrementAndGet() + "\"}}"));
                    }

                    @Override
                    public boolean right(int client, int status, long bytes) {
                        return status == 200;
                    }
                });
    }

    private static CompletableFuture<Result> flood(
            Bench bench, LoadClient noisy, Pods pods, AtomicBoolean flooding, AtomicLong lists, AtomicLong refused) {
        ClosedLoop.Work work = new ClosedLoop.Work() {
            @Override
            public @Nullable Call next(int client) {
                return flooding.get() ? Call.get(pods.path()) : null;
            }

            @Override
            public boolean right(int client, int status, long bytes) {
                (status == 429 ? refused : lists).incrementAndGet();
                return status == 200 || status == 429;
            }
        };
        CompletableFuture<Result> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(bench.loop(noisy)
                        .run(
                                "flood",
                                FLOODERS,
                                bench.options().warmup(),
                                bench.options().time().multipliedBy(2),
                                work));
            } catch (InterruptedException | IllegalStateException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
