package io.gantry.kubelet;

import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.resource.Quantity;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.client.ApiClient;
import io.gantry.client.event.EventRecorder;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.Selection;
import io.gantry.component.Counts;
import io.gantry.component.pki.Pem;
import io.gantry.kubelet.cert.CertificateFile;
import io.gantry.kubelet.cert.SigningRequests;
import io.gantry.kubelet.cluster.ApiCluster;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.credential.CredentialPlugins;
import io.gantry.kubelet.csi.ApiCsiCluster;
import io.gantry.kubelet.csi.NodeCsi;
import io.gantry.kubelet.image.ImageGc;
import io.gantry.kubelet.image.ImagePuller;
import io.gantry.kubelet.node.CniConfig;
import io.gantry.kubelet.node.Evictions;
import io.gantry.kubelet.node.MachineFacts;
import io.gantry.kubelet.node.NodeAgent;
import io.gantry.kubelet.node.NodeLease;
import io.gantry.kubelet.node.NodeObservation;
import io.gantry.kubelet.node.NodeStatusPlan;
import io.gantry.kubelet.node.PluginResources;
import io.gantry.kubelet.pod.AllowedSysctls;
import io.gantry.kubelet.pod.PodAllocations;
import io.gantry.kubelet.pod.PodContext;
import io.gantry.kubelet.pod.PodDevices;
import io.gantry.kubelet.pod.PodFiles;
import io.gantry.kubelet.pod.PodLoops;
import io.gantry.kubelet.pod.RuntimeWatch;
import io.gantry.kubelet.pod.StatusPublisher;
import io.gantry.kubelet.probe.LifecycleHooks;
import io.gantry.kubelet.probe.Probers;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.server.ApiReviews;
import io.gantry.kubelet.server.KubeletServer;
import io.gantry.kubelet.server.LogRotation;
import io.gantry.kubelet.server.LogStream;
import io.gantry.kubelet.server.Routes;
import io.gantry.kubelet.server.Stats;
import io.gantry.kubelet.server.VolumeStats;
import io.gantry.kubelet.spec.ContainerSpecs;
import io.gantry.kubelet.spec.Environment;
import io.gantry.kubelet.spec.Resolv;
import io.gantry.kubelet.spec.SandboxSpecs;
import io.gantry.kubelet.spec.Security;
import io.gantry.kubelet.staticpod.MirrorPods;
import io.gantry.kubelet.volume.NodeVolumes;
import io.gantry.kubelet.volume.PodDirectories;
import io.gantry.kubelet.volume.PodVolumes;
import io.gantry.kubelet.volume.ServiceAccountTokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The object graph of a kubelet.
public final class Kubelet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);

    private final KubeletConfig config;
    private final CountDownLatch stopped;
    private final Clock clock = Clock.systemUTC();
    private final ContainerRuntime runtime;
    private final ImageGc images;
    private final ImagePuller puller;
    private final EventRecorder recorder;
    private final InformerFactory informers;
    private final Informer<Pod> pods;
    private final NodeAgent node;
    private final NodeLease lease;
    private final PodLoops loops;
    private final RuntimeWatch watch;
    private final NodeCertificates certificates;
    private final CertificateFile clientCertificate;
    private final VolumeStats volumeStats;
    private final KubeletServer server;
    private final StatusPublisher statuses;
    private final MirrorPods mirrors;
    private final PodFiles files;
    private final Optional<NodePlugins> plugins;
    private volatile @Nullable PodLoops loopsForEviction;

    public Kubelet(
            KubeletConfig config,
            ApiClient client,
            CertificateFile clientCertificate,
            Routes.Told told,
            CountDownLatch stopped)
            throws IOException {
        this.config = config;
        this.stopped = stopped;
        this.clientCertificate = clientCertificate;
        Files.createDirectories(config.rootDir());
        Machinery machinery = Machinery.of(config, clock);
        MachineFacts machine = MachineFacts.read(config.rootDir());
        this.runtime = machinery.runtime();
        this.images = new ImageGc(runtime, config.imageGc(), config.pauseImage(), machinery.pulls(), clock);
        this.mirrors = new MirrorPods(client);
        this.recorder = new EventRecorder(client, "kubelet", config.nodeName());
        this.informers = new InformerFactory(client);
        this.pods = informers.informer(PodKind.KIND, Selection.ofFields("spec.nodeName=" + config.nodeName()));
        ApiCluster cluster = new ApiCluster(client, informers.informer(ServiceKind.KIND));
        ServiceAccountTokens tokens = new ServiceAccountTokens(cluster, clock);
        this.plugins = config.simulated() ? Optional.empty() : Optional.of(plugins(client, cluster, tokens));
        this.files = plugins.isEmpty() ? PodFiles.none() : podFiles(cluster, tokens, plugins.get());
        this.node = nodeAgent(client, machine);
        this.lease = new NodeLease(
                config.nodeName(), client.resource(LeaseKind.KIND), client.resource(NodeKind.KIND), clock);
        this.puller = new ImagePuller(
                runtime,
                cluster,
                new CredentialPlugins(config.credentialProviders(), new ClusterAccounts(cluster, tokens), clock),
                new PodEvents(recorder),
                machinery.pulls(),
                clock);
        PodContext context = context(cluster, machinery, machine);
        this.statuses = new StatusPublisher(cluster);
        this.loops = new PodLoops(context, statuses);
        this.loopsForEviction = loops;
        this.watch = new RuntimeWatch(runtime, loops::nudge);
        this.certificates = new NodeCertificates(config, new SigningRequests(client, stopped), stopped, clock);
        this.volumeStats = new VolumeStats(
                loops::active,
                pod -> plugins.map(all -> all.volumes().room(pod)).orElse(List.of()));
        this.server = server(told, new ApiReviews(client, config.nodeName(), clock));
        told.metrics().lookUp(this::metrics);
    }

    private String metrics() {
        return Counts.gaugeNow("kubelet_node_name", "node=\"" + config.nodeName() + "\"", 1)
                + Counts.gaugeNow("kubelet_running_pods", "", loops.pods().size())
                + watch.metrics()
                + volumeStats.metrics()
                + statuses.metrics()
                + files.metrics()
                + plugins.map(NodePlugins::metrics).orElse("")
                + puller.metrics()
                + runtime.metrics();
    }

    private KubeletServer server(Routes.Told told, ApiReviews reviews) throws IOException {
        Routes routes = new Routes(
                loops,
                runtime,
                new LogStream(runtime::container, stopped),
                new Stats(config.nodeName(), runtime, volumeStats, clock),
                told,
                reviews);
        try {
            List<X509Certificate> authorities = config.clientCaFile().isPresent()
                    ? Pem.certificates(config.clientCaFile().get())
                    : List.of();
            return new KubeletServer(new InetSocketAddress(config.address(), config.port()), authorities, routes);
        } catch (CertificateException malformed) {
            throw new IOException("--client-ca-file: " + malformed.getMessage(), malformed);
        }
    }

    private NodeAgent nodeAgent(ApiClient client, MachineFacts machine) {
        Evictions evictions = new Evictions(
                new EvictionMeans(config, runtime, images, recorder, () -> Optional.ofNullable(loopsForEviction)),
                clock);
        Map<String, Quantity> reserved = new LinkedHashMap<>();
        config.systemReserved().forEach((name, amount) -> reserved.put(name, Quantity.parse(amount)));
        NodeStatusPlan plan = new NodeStatusPlan(new NodeStatusPlan.Fixed(
                machine, config.nodeName(), config.nodeIps(), config.port(), config.maxPods(), reserved));
        return new NodeAgent(
                new NodeAgent.Identity(config.nodeName(), config.nodeIps(), config.nodeLabels(), config.registerNode()),
                plan,
                client.resource(NodeKind.KIND),
                runtime,
                recorder,
                new CniConfig(config.cniConfDir(), config.rootDir().resolve("cni")),
                nodeVolumes(),
                means(evictions),
                clock);
    }

    private NodeObservation.Means means(Evictions evictions) {
        return new NodeObservation.Means() {
            @Override
            public NodeObservation.Pressure pressure() {
                return config.simulated() ? NodeObservation.Pressure.NONE : evictions.look();
            }

            @Override
            public List<String> volumesInUse() {
                return plugins.map(all -> all.volumes().inUse()).orElse(List.of());
            }

            @Override
            public PluginResources plugins() {
                return plugins.map(NodePlugins::resources).orElse(PluginResources.NONE);
            }
        };
    }

    private PodDirectories directories() {
        return new PodDirectories(config.rootDir().toAbsolutePath());
    }

    private NodePlugins plugins(ApiClient client, ApiCluster cluster, ServiceAccountTokens tokens) throws IOException {
        NodeCsi csi = new NodeCsi(
                directories(),
                new ApiCsiCluster(config.nodeName(), client),
                cluster,
                new PodEvents(recorder),
                tokens,
                this::lookAtNode);
        informers.informer(CSIDriverKind.KIND).addHandler(csi.driverObjects());
        return new NodePlugins(config, client, csi, pluginsNode(), clock);
    }

    /// What plugins see of this kubelet, which is built after them.
    private NodePlugins.Node pluginsNode() {
        return new NodePlugins.Node() {
            @Override
            public List<Pod> active() {
                return loops.active();
            }

            @Override
            public void podsChanged(Set<String> podUids) {
                loops.nudge(podUids);
            }

            @Override
            public void nodeChanged() {
                lookAtNode();
            }
        };
    }

    private void lookAtNode() {
        node.wake();
    }

    private PodFiles podFiles(ApiCluster cluster, ServiceAccountTokens tokens, NodePlugins drivers) {
        return new PodVolumes(
                directories(), nodeVolumes(), config.podLogs(), cluster, runtime, tokens, drivers.volumes());
    }

    private NodeVolumes nodeVolumes() {
        return new NodeVolumes(config.rootDir().resolve("local-volumes"));
    }

    private PodContext context(ApiCluster cluster, Machinery machinery, MachineFacts machine) throws IOException {
        PodEvents events = new PodEvents(recorder);
        Security security = new Security(config.rootDir().resolve("seccomp").toString());
        Path hostResolv = config.resolvConf();
        Resolv resolv = new Resolv(
                config.clusterDns(),
                config.clusterDomain(),
                Resolv.parse(Files.exists(hostResolv) ? Files.readString(hostResolv) : ""));
        return new PodContext(
                runtime,
                cluster,
                events,
                files,
                puller,
                new Probers(runtime, events, clock),
                new SandboxSpecs(config.podLogs(), resolv, config.clusterDomain(), security),
                new ContainerSpecs(new Environment(cluster), machinery.mounts(), security, machine.memoryBytes()),
                machinery.cgroups(),
                new PodAllocations(machinery.allocations(), node::allocatable),
                plugins.map(NodePlugins::podDevices).orElseGet(PodDevices::of),
                node,
                AllowedSysctls.with(config.allowedUnsafeSysctls()),
                new LifecycleHooks(runtime),
                machinery.neighbours(),
                clock);
    }

    /// Starts everything; returns at once.
    public void start() throws IOException {
        PodSources sources = new PodSources(loops);
        sources.follow(pods);
        config.podManifests().ifPresent(folder -> sources.follow(folder, config.nodeName(), stopped));
        informers.start();
        node.start();
        lease.start();
        if (plugins.isPresent()) {
            plugins.get().start();
        }
        if (!config.simulated()) {
            new LogRotation(config.podLogs(), runtime, clock).start(stopped);
            images.start(stopped);
            volumeStats.start(stopped);
        }
        certificates.rotate(clientCertificate);
        certificates.serve(server);
        Thread.ofVirtual().name("orphans").start(this::endOrphansWhenSynced);
    }

    private void endOrphansWhenSynced() {
        try {
            while (stopped.getCount() > 0) {
                if (pods.awaitSynced(SYNC_REPORT)) {
                    loops.endOrphans();
                    plugins.ifPresent(all -> all.releaseOrphans(this::isKnown, files, stopped));
                    mirrors.removeOrphans(pods.lister().all(), this::isKnown);
                    return;
                }
                LOG.info("waiting for the API server");
            }
        } catch (InterruptedException stopping) {
            LOG.debug("stopped while waiting for pods");
        }
    }

    private boolean isKnown(String podUid) {
        return loops.pod(podUid).isPresent();
    }

    /// What is wrong; empty when well.
    public Optional<String> problem() {
        return watch.healthy() ? Optional.empty() : Optional.of("the container runtime does not answer");
    }

    @Override
    public void close() {
        server.close();
        lease.close();
        node.close();
        loops.close();
        informers.close();
        recorder.close();
        plugins.ifPresent(Kubelet::close);
        close(watch);
        runtime.close();
    }

    /// What cannot be closed keeps nothing else open.
    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.warn("closing", failure);
        }
    }
}
