package io.gantry.cli.node;

import io.gantry.api.StatusException;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestBuilder;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestKind;
import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequestSpecBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.KubeconfigText;
import io.gantry.cli.cluster.PrivateFiles;
import io.gantry.cli.host.Ports;
import io.gantry.cli.supervisor.ProcessSpec;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.Watch;
import io.gantry.client.WatchEvent;
import io.gantry.client.WatchOptions;
import io.gantry.component.pki.CertificateRequests;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Makes this machine a node: finds and checks the CA, gets an identity for kube-proxy, starts containerd,
/// kubelet (which gets its own) and kube-proxy, and waits until the node is Ready.
public final class AgentJoin {
    /// Signs client certificates of kube-proxy for nodes that join; its own signer, so that no wider one is opened.
    public static final String PROXY_SIGNER = "gantry.io/kube-proxy-client";

    private static final Duration SIGN_LIMIT = Duration.ofSeconds(60);
    private static final Duration KUBELET_LIMIT = Duration.ofSeconds(60);
    private static final Duration NODE_LIMIT = Duration.ofSeconds(120);

    private final ClusterLayout layout;
    private final ClusterConfig config;
    private final Progress progress;
    private final NodeHost host;

    public AgentJoin(ClusterLayout layout, ClusterConfig config, Progress progress) {
        this.layout = layout;
        this.config = config;
        this.progress = progress;
        this.host = new NodeHost(layout, config, progress);
    }

    /// A configuration with what all nodes of the cluster must agree on, as its API server says it.
    ///
    /// @throws CliException when the server is another than the hash says
    public static ClusterConfig agreed(ClusterConfig config, String caHash) {
        String authority = ClusterTrust.discover(config.apiServer(), caHash);
        return ClusterRanges.applied(ClusterTrust.info(config.apiServer(), authority), config);
    }

    /// Runs all steps; ends when the node is Ready.
    public void run(String token, String caHash) throws InterruptedException {
        progress.say("Gantry: joining " + config.apiServer() + " as node " + config.nodeName());
        if (config.networkNamespace().isEmpty() && host.supervisor().status().isEmpty()) {
            Ports.check(List.of(new Ports.Wanted("0.0.0.0", config.kubeletPort(), "kubelet", "")), host.survivors());
        }
        String authority = ClusterTrust.discover(config.apiServer(), caHash);
        progress.done("the cluster's CA fits its hash");
        host.installPackages();
        config.save(layout.config());
        host.writeFiles();
        writeIdentities(token, authority);
        progress.done("identity of kube-proxy signed");
        host.start(specs());
        host.preparePauseImage();
        awaitReady();
        progress.done("node " + config.nodeName() + " is Ready");
    }

    /// Has the processes that run go over to other flags ([NodeHost#changeFlags]).
    ///
    /// @return whether there was one that had to
    public boolean changeFlags(ClusterConfig before) {
        return host.changeFlags(before);
    }

    /// Whether a process runs with other flags than it would be started with now.
    public boolean isOutdated(ClusterConfig before) {
        return !host.outdated(before).isEmpty();
    }

    /// Whether every process of the node runs.
    public boolean runs() {
        return host.runs(specs());
    }

    private List<ProcessSpec> specs() {
        return new NodeProcesses(layout, config).all();
    }

    private void writeIdentities(String token, String authority) throws InterruptedException {
        try {
            PrivateFiles.write(layout.pki("ca.crt"), authority);
            PrivateFiles.write(
                    layout.bootstrapKubeconfig(),
                    KubeconfigText.withToken(config.apiServer(), authority, "bootstrap", token));
            if (!Files.exists(layout.kubeconfig("kube-proxy"))) {
                KeyPair keys = KeyPairs.ec();
                String certificate = requestProxyCertificate(token, authority, keys);
                PrivateFiles.write(
                        layout.kubeconfig("kube-proxy"),
                        KubeconfigText.withCertificate(
                                config.apiServer(),
                                authority,
                                "kube-proxy",
                                certificate,
                                Pem.encode(keys.getPrivate(), keys.getPublic())));
            }
        } catch (IOException e) {
            throw new CliException("cannot write to " + layout.data() + ": " + e.getMessage(), e);
        }
    }

    private String requestProxyCertificate(String token, String authority, KeyPair keys) throws InterruptedException {
        String request = CertificateRequests.create(keys, "system:kube-proxy", List.of(), List.of(), List.of());
        CertificateSigningRequest csr = CertificateSigningRequestBuilder.builder()
                .apiVersion("certificates.k8s.io/v1")
                .kind("CertificateSigningRequest")
                .metadata(
                        ObjectMetaBuilder.builder().generateName("kube-proxy-").build())
                .spec(CertificateSigningRequestSpecBuilder.builder()
                        .request(Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.UTF_8)))
                        .signerName(PROXY_SIGNER)
                        .usages(List.of("digital signature", "key encipherment", "client auth"))
                        .build())
                .build();
        Kubeconfig user = Kubeconfig.ofToken(URI.create(config.apiServer()), authority, token);
        try (ApiClient client = ApiClient.connect(user)) {
            CertificateSigningRequest made =
                    client.resource(CertificateSigningRequestKind.KIND).create(csr);
            return signed(client, made);
        } catch (StatusException e) {
            if (e.code() == 401) {
                throw new CliException(
                        "the cluster does not know this token (it may have expired): make another with "
                                + "`gantry token create` there",
                        e);
            }
            throw e;
        }
    }

    private static String signed(ApiClient client, CertificateSigningRequest made) throws InterruptedException {
        WatchOptions options = WatchOptions.from(String.valueOf(made.metadata().resourceVersion()))
                .withFieldSelector("metadata.name=" + made.metadata().name())
                .withTimeout(SIGN_LIMIT);
        try (Watch<CertificateSigningRequest> watch =
                client.resource(CertificateSigningRequestKind.KIND).watch(options)) {
            Optional<WatchEvent<CertificateSigningRequest>> event = watch.next();
            while (event.isPresent()) {
                if (event.get() instanceof WatchEvent.Modified<CertificateSigningRequest>(var csr)
                        && csr.status().certificate() != null) {
                    return new String(Base64.getDecoder().decode(csr.status().certificate()), StandardCharsets.UTF_8);
                }
                event = watch.next();
            }
        }
        throw new CliException("the cluster did not sign the certificate of kube-proxy within " + SIGN_LIMIT.toSeconds()
                + " s: is its controller manager running?");
    }

    private void awaitReady() throws InterruptedException {
        var kubeconfig = layout.kubeletRoot().resolve("kubelet.kubeconfig");
        boolean joined = Await.until(KUBELET_LIMIT, () -> Files.exists(kubeconfig), () -> host.failOnCrash("kubelet"));
        if (joined) {
            try (ApiClient client = ApiClient.connect(Kubeconfig.load(kubeconfig))) {
                if (NodeReadiness.await(client, config.nodeName(), NODE_LIMIT)) {
                    return;
                }
            }
        }
        throw new CliException(
                "the node is not Ready. The end of the kubelet's log:\n" + LogTail.of(layout.log("kubelet")));
    }
}
