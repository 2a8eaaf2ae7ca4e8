package io.gantry.scheduler;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.ApiClient;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import io.gantry.client.leader.LeaderElection;
import io.gantry.client.leader.LeaderElector;
import io.gantry.scheduler.plugins.DeviceBinding;
import io.gantry.scheduler.snapshot.PodInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// A scheduler that lost its lease binds nothing, although it has not stopped yet.
class FencedSchedulerTest {
    /// Keeps one Lease, until leases are out of reach; all else goes well always.
    private static final class Server implements Exchange {
        private byte[] lease = new byte[0];
        private int version;
        private volatile boolean away;
        final List<String> bound = new CopyOnWriteArrayList<>();

        @Override
        public synchronized Reply send(Call call) {
            if (!call.path().contains("leases")) {
                bound.add(call.method() + " " + call.path());
                return new Reply.Whole("{}".getBytes(StandardCharsets.UTF_8));
            }
            if (away) {
                throw StatusException.unavailable("away");
            }
            if (call.method().equals("GET") && lease.length == 0) {
                throw StatusException.notFound("coordination.k8s.io", "leases", "kube-scheduler");
            }
            if (!call.method().equals("GET")) {
                ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(call.body());
                tree.withObject("metadata").put("resourceVersion", Integer.toString(++version));
                lease = Json.MAPPER.writeValueAsBytes(tree);
            }
            return new Reply.Whole(lease);
        }

        @Override
        public String name() {
            return "server";
        }

        @Override
        public void close() {}
    }

    @Test
    void whoMayNotLeadBindsNothing() throws InterruptedException {
        Server server = new Server();
        ApiClient client = ApiClient.over(server, "kube-scheduler");
        LeaderElection election = new LeaderElection(
                "kube-system",
                "kube-scheduler",
                "me",
                Duration.ofSeconds(2),
                Duration.ofMillis(800),
                Duration.ofMillis(50));
        LeaderElector elector = new LeaderElector(client, election);
        AtomicReference<PodWriter> writer = new AtomicReference<>();
        PodInfo pod = new PodInfo(Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"p\",\"namespace\":\"ns\",\"uid\":\"u\"},\"spec\":{\"containers\":[]}}",
                Pod.class));
        Thread leading = Thread.ofVirtual().start(() -> {
            try {
                SchedulerMain.lead(elector, client, fenced -> started(writer, fenced), stopped -> {});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> writer.get() != null);
        writer.get().bind(pod, "n");
        server.away = true;
        await().until(() -> !elector.leads());
        assertThrows(StatusException.class, () -> writer.get().bind(pod, "n"));
        assertEquals(List.of("POST /api/v1/namespaces/ns/pods/p/binding"), server.bound);
        elector.close();
        leading.join();
    }

    private static PodWriter started(AtomicReference<PodWriter> writer, ApiClient fenced) {
        writer.set(new PodWriter(fenced, java.time.Clock.systemUTC(), DeviceBinding.REFUSING));
        return writer.get();
    }
}
