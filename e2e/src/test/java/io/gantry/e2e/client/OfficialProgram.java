package io.gantry.e2e.client;

import static io.gantry.e2e.client.Checks.await;
import static io.gantry.e2e.client.Checks.holds;
import static io.gantry.e2e.client.Checks.same;

import io.kubernetes.client.Attach;
import io.kubernetes.client.Copy;
import io.kubernetes.client.Exec;
import io.kubernetes.client.PodLogs;
import io.kubernetes.client.PortForward;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The official Java client in a cluster with a pod `two`.
final class OfficialProgram {
    private static final long SECONDS = 20;

    private final ApiClient client;
    private final String namespace;

    private OfficialProgram(ApiClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// @param arguments the kubeconfig and the namespace
    public static void main(String[] arguments) throws Exception {
        Checks checks = new Checks();
        ApiClient client = ClientBuilder.kubeconfig(
                        KubeConfig.loadKubeConfig(Files.newBufferedReader(Path.of(arguments[0]))))
                .setReadTimeout(Duration.ZERO)
                .build();
        OfficialProgram program = new OfficialProgram(client, arguments[1]);
        checks.check("exec", program::exec);
        checks.check("attach", program::attach);
        checks.check("logs", program::logs);
        checks.check("port-forward", program::forward);
        checks.check("copies", program::copies);
        checks.check("an informer", program::informer);
        checks.end();
    }

    private static String text(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private void exec() throws Exception {
        Process process = new Exec(client)
                .exec(namespace, "two", new String[] {"sh", "-c", "head -n 1; echo err >&2; exit 3"}, "a", true, false);
        InputStream error = process.getErrorStream();
        process.getOutputStream().write("typed\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        same("typed\n", text(process.getInputStream()));
        same("err\n", text(error));
        holds(process.waitFor(SECONDS, TimeUnit.SECONDS), "still running");
        same(3, process.exitValue());
    }

    private void attach() throws Exception {
        Attach.AttachResult attached = new Attach(client)
                .newConnectionBuilder(namespace, "two")
                .setContainer("a")
                .setStdout(true)
                .setStderr(false)
                .connect();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(attached.getStandardOutputStream(), StandardCharsets.UTF_8))) {
            same("tick", lines.readLine());
        } finally {
            attached.close();
        }
    }

    private void logs() throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new PodLogs(client).streamNamespacedPodLog(namespace, "two", "a"), StandardCharsets.UTF_8))) {
            same("out-a", lines.readLine());
            same("tick", lines.readLine());
        }
    }

    private void forward() throws Exception {
        PortForward.PortForwardResult forward = new PortForward(client).forward(namespace, "two", List.of(8080));
        forward.getOutboundStream(8080).write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        forward.getOutboundStream(8080).flush();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(forward.getInputStream(8080), StandardCharsets.US_ASCII));
        holds(lines.readLine().contains("200"), "no page");
    }

    private void copies() throws Exception {
        byte[] sent = "content\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        Copy copy = new Copy(client);
        copy.copyFileToPod(namespace, "two", "b", sent, Path.of("/tmp/official"));
        try (InputStream back = copy.copyFileFromPod(namespace, "two", "b", "/tmp/official")) {
            same(new String(sent, StandardCharsets.UTF_8), text(back));
        }
    }

    private void informer() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        SharedInformerFactory factory = new SharedInformerFactory(client);
        GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> maps =
                new GenericKubernetesApi<>(V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
        factory.sharedIndexInformerFor(maps, V1ConfigMap.class, 0, namespace)
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(V1ConfigMap map) {
                        seen.add("added " + map.getMetadata().getName());
                    }

                    @Override
                    public void onUpdate(V1ConfigMap before, V1ConfigMap map) {
                        seen.add("changed " + map.getMetadata().getName());
                    }

                    @Override
                    public void onDelete(V1ConfigMap map, boolean finalStateUnknown) {
                        seen.add("deleted " + map.getMetadata().getName());
                    }
                });
        factory.startAllRegisteredInformers();
        CoreV1Api core = new CoreV1Api(client);
        core.createNamespacedConfigMap(namespace, new V1ConfigMap().metadata(new V1ObjectMeta().name("informed")))
                .execute();
        await(() -> seen.contains("added informed"));
        core.deleteNamespacedConfigMap("informed", namespace).execute();
        await(() -> seen.contains("deleted informed"));
        factory.stopAllRegisteredInformers();
    }
}
