package io.gantry.e2e.cluster;

import io.gantry.api.Json;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import io.gantry.e2e.machine.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// A real cluster, made with `./gantry up` in a machine of the test's own; images are built from Debian packages.
public final class TestCluster implements AutoCloseable {
    public static final String NGINX = "docker.io/library/nginx:1.21";
    public static final String BUSYBOX = "localhost/busybox:1";
    public static final String PERL = "localhost/perl:1";
    private static final Duration UP_LIMIT = Duration.ofMinutes(4);

    private final Machine machine;
    private final Path data;

    private TestCluster(Machine machine, Path data) {
        this.machine = machine;
        this.data = data;
    }

    /// Prepares a machine and an empty data directory; nothing runs yet.
    public static TestCluster prepare(String name, String address) {
        requireRoot();
        try {
            Path data = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-e2e-");
            return new TestCluster(Machine.create(name, address), data);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// A cluster that runs already, and is left running: for work on a test.
    ///
    /// @param where `NETWORK-NAMESPACE,ADDRESS,DATA-DIRECTORY`
    static TestCluster running(String where) {
        String[] parts = where.split(",", 3);
        return new TestCluster(new Machine(parts[0], parts[1]), Path.of(parts[2]));
    }

    private static void requireRoot() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new AssertionError("end-to-end tests run as root: they make network namespaces and containers");
        }
    }

    public Machine machine() {
        return machine;
    }

    public Path data() {
        return data;
    }

    public Path kubeconfig() {
        return data.resolve("kubeconfig").resolve("admin.kubeconfig");
    }

    /// Where the cluster keeps sockets and process ids.
    public Path runFolder() {
        CRC32 crc = new CRC32();
        crc.update(data.toString().getBytes(StandardCharsets.UTF_8));
        return Path.of("/run", String.format(Locale.ROOT, "gantry-%08x", crc.getValue()));
    }

    /// Runs `./gantry …` in the machine for this data directory.
    public Host.Result gantry(String... arguments) {
        return gantryOn(machine, data, arguments);
    }

    /// The same on another machine.
    public static Host.Result gantryOn(Machine where, Path dataDir, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(Host.project().resolve("gantry").toString()));
        words.addAll(Arrays.asList(arguments));
        return where.run(
                UP_LIMIT,
                Map.of("GANTRY_DATA_DIR", dataDir.toString(), "HOME", dataDir.toString()),
                "",
                words.toArray(String[]::new));
    }

    /// Starts the cluster and gives it the images.
    public TestCluster up() {
        gantry("up").ok(List.of("gantry", "up"));
        return this;
    }

    public TestCluster withImages() {
        gantry("image", "import", TestImages.nginx().toString()).ok(List.of("image", "import"));
        gantry("image", "import", TestImages.busybox().toString()).ok(List.of("image", "import"));
        gantry("image", "import", TestImages.perl().toString()).ok(List.of("image", "import"));
        return this;
    }

    /// The newest kubectl of this host.
    public Kubectl kubectl() {
        return kubectls().getLast();
    }

    /// Every kubectl of this host.
    public List<Kubectl> kubectls() {
        return Kubectl.all(machine, kubeconfig());
    }

    /// The process ids of the cluster's processes by the names that `gantry status` has; 0 of one that does not run.
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (JsonNode process :
                Json.MAPPER.readTree(gantry("status", "-o", "json").out()).path("processes")) {
            pids.put(process.path("name").stringValue(""), process.path("pid").longValue());
        }
        return pids;
    }

    /// The process id of one of them; 0 when it does not run.
    public long pid(String name) {
        return pids().getOrDefault(name, 0L);
    }

    /// Kills a process with -9 and waits until it runs again.
    public void kill(String name, Duration limit) {
        long pid = pid(name);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Awaitility.await(name).atMost(limit).until(() -> {
            long now = pid(name);
            return now != 0 && now != pid;
        });
    }

    /// Takes everything down and removes it.
    @Override
    public void close() {
        gantry("down", "--purge");
        machine.close();
    }
}
