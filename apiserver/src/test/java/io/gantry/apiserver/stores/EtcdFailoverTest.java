package io.gantry.apiserver.stores;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.Security;
import io.gantry.apiserver.ServerConfig;
import io.gantry.store.Store;
import io.gantry.store.etcd.EtcdCluster;
import io.gantry.store.etcd.EtcdStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two API servers on an etcd of three members: what was acknowledged stays, and informers see one order, whoever dies.
class EtcdFailoverTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int WRITERS = 4;
    private static final int SPAN = 60;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private EtcdCluster etcd;
    private final List<Store> stores = new ArrayList<>();
    private final List<ApiServer> servers = new ArrayList<>();
    private final List<Api> clients = new ArrayList<>();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean stopped;

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdCluster.start(directory, 3);
        for (int i = 0; i < 2; i++) {
            Store store = EtcdStore.connect(etcd.options());
            stores.add(store);
            servers.add(ApiServer.start(ServerConfig.local(store), objects -> Security.none()));
            clients.add(new Api(servers.get(i).address().getPort()));
        }
    }

    @AfterEach
    void stop() {
        stopped = true;
        clients.forEach(Api::close);
        servers.forEach(ApiServer::close);
        stores.forEach(Store::close);
        etcd.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndNoInformerBreaks() throws Exception {
        List<Follower> followers = List.of(new Follower(MAPS, clients, 0), new Follower(MAPS, clients, 1));
        List<Thread> threads = new ArrayList<>();
        for (Follower follower : followers) {
            follower.list();
            threads.add(Thread.ofVirtual().start(follower));
        }
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(Thread.ofVirtual().start(() -> write(writer)));
        }
        awaitMore();
        int leader = await().atMost(LIMIT)
                .until(etcd::leader, OptionalInt::isPresent)
                .getAsInt();
        etcd.kill(leader);
        awaitMore();
        etcd.restart(leader);
        awaitMore();
        servers.get(1).close();
        awaitMore();
        stopped = true;
        for (Thread writer : writers) {
            writer.join();
        }
        check(followers);
        followers.forEach(Follower::stop);
    }

    private void awaitMore() {
        int before = writes.get();
        await().atMost(LIMIT).until(() -> writes.get() > before + SPAN);
    }

    /// A write that was not answered may still come while this is asked for.
    private Map<String, String> state() throws Exception {
        Map<String, String> state = new TreeMap<>();
        clients.getFirst()
                .get(200, MAPS)
                .path("items")
                .forEach(item -> state.put(
                        item.path("metadata").path("name").asString(),
                        item.path("metadata").path("resourceVersion").asString()));
        return state;
    }

    private void check(List<Follower> followers) throws Exception {
        Map<String, String> state = state();
        acknowledged.forEach((name, version) -> {
            if (version.isEmpty()) {
                assertTrue(!state.containsKey(name), name + " was deleted");
            } else {
                assertTrue(
                        state.containsKey(name) && Long.parseLong(state.get(name)) >= Long.parseLong(version),
                        name + " at " + version + " is lost: " + state.get(name));
            }
        });
        for (Follower follower : followers) {
            await().atMost(LIMIT)
                    .until(() -> !follower.faults().isEmpty() || new TreeMap<>(follower.versions()).equals(state()));
            assertEquals(List.of(), follower.faults());
        }
    }

    /// Creates, changes, and sometimes deletes. Whoever gets no answer does not know, and leaves the object alone.
    private void write(int writer) {
        int server = writer % 2;
        for (int n = 0; !stopped; n++) {
            String name = "w" + writer + "-" + n;
            boolean deleting = false;
            try {
                Api api = clients.get(server);
                acknowledge(name, api.send("POST", MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}"), 201);
                acknowledge(name, api.send("PATCH", MAPS + "/" + name, "{\"data\":{\"n\":\"" + n + "\"}}"), 200);
                if (n % 3 == 0) {
                    deleting = true;
                    acknowledge(name, api.send("DELETE", MAPS + "/" + name, ""), 200);
                }
                writes.incrementAndGet();
            } catch (IOException e) {
                if (deleting) {
                    acknowledged.remove(name);
                }
                server = 1 - server;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void acknowledge(String name, HttpResponse<String> response, int expected) throws IOException {
        if (response.statusCode() != expected) {
            throw new IOException(response.statusCode() + ": " + response.body());
        }
        acknowledged.put(
                name,
                Json.MAPPER
                        .readTree(response.body())
                        .path("metadata")
                        .path("resourceVersion")
                        .asString(""));
    }
}
