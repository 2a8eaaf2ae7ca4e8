package io.gantry.testing;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceBuilder;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccount;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.ServerStart;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Kubeconfig;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.component.Flags;
import io.gantry.component.Metrics;
import io.gantry.component.pki.Identity;
import io.gantry.controllermanager.ControllerOptions;
import io.gantry.controllermanager.ControllerSet;
import io.gantry.kubelet.simulated.SimulatedNode;
import io.gantry.kubelet.simulated.SimulatedNodes;
import io.gantry.scheduler.RunningScheduler;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A Kubernetes cluster inside this JVM, for tests: a real API server (TLS on a free loopback port,
/// RBAC, admission, everything in memory), controller manager, scheduler and simulated nodes whose pods
/// go through their phases without containers. Needs no root and no Docker, starts in well under a
/// second in a warm JVM; several run beside one another.
///
/// Thread-safe. [#close] stops everything and forgets it.
public final class GantryCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int KUBELET_PORT = 10250;
    private static final String ADMIN = "kubernetes-admin";

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final AtomicInteger nodeNumber = new AtomicInteger();
    private final AtomicInteger namespaceNumber = new AtomicInteger();
    private final Map<ObjectKey, CountDownLatch> accounts = new ConcurrentHashMap<>();
    private final ClusterFiles files;
    private final ApiServer server;
    private final ApiClient client;
    private final SimulatedNodes nodes;
    private final boolean controllers;
    private final String admin;

    private GantryCluster(ClusterOptions options) throws IOException, GeneralSecurityException, InterruptedException {
        this.controllers = options.controllers();
        try {
            files = kept(new ClusterFiles());
            server = kept(ServerStart.start(kept(new MemoryStore()), flags(options)));
            client = kept(ApiClient.connect(config(ADMIN, "system:masters"), "gantry-testing"));
            if (controllers) {
                startControllers();
            }
            if (options.scheduler()) {
                ApiClient own = kept(clientOf("system:kube-scheduler", "kube-scheduler"));
                kept(RunningScheduler.start(own, "default-scheduler", System.nanoTime(), new Metrics()));
            }
            nodes = kept(new SimulatedNodes(client, Clock.systemUTC(), KUBELET_PORT));
            addNodes(options.nodes());
            admin = adminConfig().toYaml("gantry", ADMIN);
            Files.writeString(kubeconfigFile(), admin);
            awaitServiceAccount("default");
        } catch (IOException | GeneralSecurityException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// A cluster with one node.
    public static GantryCluster start() {
        return start(ClusterOptions.defaults());
    }

    /// A cluster as the options say; returns when it is ready for work.
    public static GantryCluster start(ClusterOptions options) {
        try {
            return new GantryCluster(options);
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster did not start", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cluster did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster started", e);
        }
    }

    private <T extends AutoCloseable> T kept(T resource) {
        resources.push(resource);
        return resource;
    }

    private String[] flags(ClusterOptions options) {
        List<String> flags = new ArrayList<>(List.of(
                "--bind-address=127.0.0.1",
                "--secure-port=0",
                "--advertise-address=127.0.0.1",
                "--tls-cert-file=" + files.file("apiserver.crt"),
                "--tls-private-key-file=" + files.file("apiserver.key"),
                "--client-ca-file=" + files.file("ca.crt"),
                "--service-account-key-file=" + files.file("sa.pub"),
                "--service-account-signing-key-file=" + files.file("sa.key"),
                "--kubelet-client-certificate=" + files.file("kubelet-client.crt"),
                "--kubelet-client-key=" + files.file("kubelet-client.key"),
                "--kubelet-certificate-authority=" + files.file("ca.crt")));
        flags.addAll(options.apiServerFlags());
        return flags.toArray(String[]::new);
    }

    private void startControllers() {
        ApiClient own = kept(clientOf("system:kube-controller-manager", "kube-controller-manager"));
        InformerFactory informers = kept(new InformerFactory(client));
        Informer<ServiceAccount> defaults =
                informers.informer(ServiceAccountKind.KIND, Selection.ofFields("metadata.name=default"));
        defaults.addHandler(InformerHandler.onAny(
                account -> accounts.computeIfAbsent(ObjectKey.of(account), k -> new CountDownLatch(1))
                        .countDown()));
        informers.start();
        kept(ControllerSet.start(own, ControllerOptions.from(Flags.parse(new String[] {
            "--allocate-node-cidrs=false",
            "--horizontal-pod-autoscaler-sync-period=1s",
            "--cluster-signing-cert-file=" + files.file("ca.crt"),
            "--cluster-signing-key-file=" + files.file("ca.key"),
            "--root-ca-file=" + files.file("ca.crt")
        }))));
    }

    private ApiClient clientOf(String user, String component) {
        return ApiClient.connect(config(user), component);
    }

    private Kubeconfig adminConfig() {
        return config(files.rsaClient(ADMIN, List.of("system:masters")));
    }

    /// The API server's URL, `https://127.0.0.1:PORT`.
    public String server() {
        return "https://127.0.0.1:" + server.address().getPort();
    }

    /// A client that may do everything; closed with the cluster.
    public ApiClient client() {
        return client;
    }

    /// The administrator's kubeconfig as text, with everything in it: what fabric8's
    /// `Config.fromKubeconfig` and others take.
    public String kubeconfig() {
        return admin;
    }

    /// The administrator's kubeconfig as a file, for `KUBECONFIG` and `kubectl --kubeconfig`; deleted
    /// with the cluster.
    public Path kubeconfigFile() {
        return files.file("admin.kubeconfig");
    }

    /// The PEM certificate that the server's certificate chains to.
    public String certificateAuthority() {
        return files.authorityPem();
    }

    /// How a user of these groups connects: with a client certificate. What it may do is a matter of
    /// RBAC.
    public Kubeconfig config(String user, String... groups) {
        return config(files.client(user, List.of(groups)));
    }

    private Kubeconfig config(Identity identity) {
        return Kubeconfig.of(URI.create(server()), files.authorityPem(), identity.certificatePem(), identity.keyPem());
    }

    /// Adds nodes like the first one, `node-N`; returns when they have registered.
    public List<String> addNodes(int number) {
        List<SimulatedNode> fresh = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            fresh.add(SimulatedNode.named("node-" + nodeNumber.getAndIncrement()));
        }
        return addNodes(fresh);
    }

    /// Adds nodes that look as told; returns their names when they have registered.
    public List<String> addNodes(Collection<SimulatedNode> fresh) {
        try {
            nodes.add(fresh);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while nodes registered", e);
        }
        return fresh.stream().map(SimulatedNode::name).toList();
    }

    /// The simulated nodes: to let one fail and recover.
    public SimulatedNodes nodes() {
        return nodes;
    }

    /// Makes a namespace with a new name; returns the name when pods can be created in it.
    public String createNamespace(String prefix) {
        String name = prefix + "-" + namespaceNumber.incrementAndGet();
        Namespace namespace = NamespaceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .build();
        client.resource(NamespaceKind.KIND).create(namespace);
        try {
            awaitServiceAccount(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for namespace " + name, e);
        }
        return name;
    }

    /// Asks for the deletion of a namespace with all that is in it; does not wait for it.
    public void deleteNamespace(String name) {
        client.resource(NamespaceKind.KIND).delete("", name, Deletion.background());
    }

    /// Pods are refused until their namespace's default service account is there.
    private void awaitServiceAccount(String namespace) throws InterruptedException {
        if (!controllers) {
            return;
        }
        ObjectKey key = new ObjectKey(namespace, "default");
        CountDownLatch made = Objects.requireNonNull(accounts.computeIfAbsent(key, k -> new CountDownLatch(1)));
        if (!made.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "namespace " + namespace + " got no default service account within " + PATIENCE.toSeconds() + " s");
        }
    }

    /// Stops everything.
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("the cluster did not stop cleanly", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
