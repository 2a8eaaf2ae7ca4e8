package io.gantry.kubelet.server;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.pages.ProcessPages;
import io.gantry.component.Metrics;
import io.gantry.kubelet.pod.ObservedPod;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.PodLoops;
import io.gantry.kubelet.pod.PodObserver;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.runtime.StreamOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the kubelet answers, by path (upstream `pkg/kubelet/server/server.go`).
public final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private static final List<String> PATHS = List.of(
            "/attach",
            "/containerLogs",
            "/exec",
            "/flagz",
            "/healthz",
            "/logs",
            "/metrics",
            "/pods",
            "/portForward",
            "/runningpods",
            "/stats",
            "/statusz");

    private final PodLoops pods;
    private final ContainerRuntime runtime;
    private final PodObserver observer;
    private final LogStream logs;
    private final Stats stats;
    private final Told told;
    private final Access access;

    /// What the process tells of itself.
    public record Told(Metrics metrics, ProcessPages pages) {}

    public Routes(PodLoops pods, ContainerRuntime runtime, LogStream logs, Stats stats, Told told, ApiReviews reviews) {
        this.access = new Access(reviews);
        this.pods = pods;
        this.runtime = runtime;
        this.observer = new PodObserver(runtime);
        this.logs = logs;
        this.stats = stats;
        this.told = told;
    }

    void serve(HttpRequest request, Optional<Client> client, HttpConnection connection) throws IOException {
        try {
            access.check(request, client);
            route(request, connection);
        } catch (HttpFailure failure) {
            connection.text(failure.status(), failure.text());
        } catch (StatusException unanswered) {
            LOG.warn("{}: access not known: {}", request.path(), unanswered.getMessage());
            connection.text(500, "Internal Error");
        } catch (RuntimeFailure failure) {
            LOG.warn("{}: {}", request.path(), failure.getMessage());
            connection.text(500, Objects.requireNonNullElse(failure.getMessage(), ""));
        }
    }

    private void route(HttpRequest request, HttpConnection connection) throws IOException, HttpFailure {
        List<String> path = request.path();
        switch (path.isEmpty() ? "" : path.getFirst()) {
            case "containerLogs" -> logs(request, connection);
            case "exec" -> exec(request, connection);
            case "attach" -> attach(request, connection);
            case "portForward" -> portForward(request, connection);
            case "pods", "runningpods" -> connection.json(podList());
            case "healthz" -> connection.text(200, "ok");
            case "statusz" -> connection.page(told.pages().statusz(accept(request), PATHS));
            case "flagz" -> connection.page(told.pages().flagz(accept(request)));
            case "stats" -> connection.json(stats.summary(pods.pods()));
            case "metrics" -> metrics(path, connection);
            case "logs" -> LogFiles.OF_HOST.serve(path.subList(1, path.size()), connection);
            default -> throw new HttpFailure(404, "404 page not found");
        }
    }

    private static String accept(HttpRequest request) {
        return request.header("accept").orElse("");
    }

    private void metrics(List<String> path, HttpConnection connection) throws IOException, HttpFailure {
        if (path.size() == 1) {
            connection.text(200, told.metrics().scrape());
        } else if (path.get(1).equals("resource")) {
            connection.text(200, stats.resourceMetrics());
        } else if (path.get(1).equals("cadvisor")) {
            connection.text(200, stats.containerMetrics(pods.pods()));
        } else if (path.get(1).equals("probes")) {
            connection.text(200, pods.probeMetrics());
        } else {
            throw new HttpFailure(404, "404 page not found");
        }
    }

    private Map<String, Object> podList() {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("kind", "PodList");
        list.put("apiVersion", "v1");
        list.put("metadata", Map.of());
        list.put("items", pods.pods());
        return list;
    }

    /// The pod that a path like `/exec/NAMESPACE/POD/CONTAINER` names.
    private Pod pod(HttpRequest request) throws HttpFailure {
        List<String> path = request.path();
        if (path.size() < 3) {
            throw new HttpFailure(404, "404 page not found");
        }
        return pods.pods().stream()
                .filter(p -> path.get(1).equals(p.metadata().namespace())
                        && path.get(2).equals(p.metadata().name()))
                .findFirst()
                .orElseThrow(() -> new HttpFailure(404, "pod does not exist"));
    }

    private static PodContainer container(HttpRequest request, Pod pod) throws HttpFailure {
        List<String> path = request.path();
        String name = path.get(path.size() - 1);
        return PodContainer.find(pod, name)
                .filter(c -> path.size() >= 4)
                .orElseThrow(() -> new HttpFailure(404, "container not found (\"" + name + "\")"));
    }

    private void logs(HttpRequest request, HttpConnection connection) throws IOException, HttpFailure {
        Pod pod = pod(request);
        PodContainer container = container(request, pod);
        LogOptions options = LogOptions.of(request);
        ObservedPod observed = observer.observe(PodIdentity.of(pod).uid());
        Optional<RuntimeContainer> wanted = options.previous()
                ? observed.previous(container.name())
                : observed.latest(container.name()).filter(c -> !c.logPath().isEmpty());
        if (wanted.isEmpty()) {
            throw new HttpFailure(
                    400,
                    options.previous()
                            ? "previous terminated container \"" + container.name() + "\" in pod \""
                                    + pod.metadata().name() + "\" not found"
                            : "container \"" + container.name() + "\" in pod \""
                                    + pod.metadata().name() + "\" is waiting to start: "
                                    + waitingReason(pod, container));
        }
        boolean webSocket = WebSocketOutput.isAsked(request);
        try (OutputStream out =
                webSocket ? WebSocketOutput.accept(request, connection) : connection.stream("text/plain")) {
            logs.copy(wanted.get(), options, out);
        }
    }

    private static String waitingReason(Pod pod, PodContainer container) {
        return pod.status().containerStatuses().stream()
                .filter(s -> s.name().equals(container.name()))
                .map(s -> s.state() == null || s.state().waiting() == null
                        ? null
                        : s.state().waiting().reason())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("ContainerCreating");
    }

    private String running(HttpRequest request, Pod pod) throws HttpFailure {
        PodContainer container = container(request, pod);
        return runtime.containers(PodIdentity.of(pod).uid()).stream()
                .filter(c -> c.name().equals(container.name()) && c.running())
                .map(RuntimeContainer::id)
                .findFirst()
                .orElseThrow(() -> new HttpFailure(404, "container not found (\"" + container.name() + "\")"));
    }

    private static StreamOptions options(HttpRequest request) throws HttpFailure {
        StreamOptions options = new StreamOptions(
                request.flag("input"),
                request.flag("output"),
                request.flag("error") && !request.flag("tty"),
                request.flag("tty"));
        if (!options.stdin() && !options.stdout() && !options.stderr()) {
            throw new HttpFailure(400, "you must specify at least 1 of stdin, stdout, stderr");
        }
        return options;
    }

    private void exec(HttpRequest request, HttpConnection connection) throws IOException, HttpFailure {
        String id = running(request, pod(request));
        List<String> command = request.query().getOrDefault("command", List.of());
        StreamOptions options = options(request);
        URI target = runtime.exec(id, command, options);
        RemoteCommand.serve(request, connection, target, options);
    }

    private void attach(HttpRequest request, HttpConnection connection) throws IOException, HttpFailure {
        Pod pod = pod(request);
        boolean terminal = Boolean.TRUE.equals(container(request, pod).spec().tty());
        StreamOptions options = options(request).of(terminal);
        URI target = runtime.attach(running(request, pod), options);
        RemoteCommand.serve(request, connection, target, options);
    }

    private void portForward(HttpRequest request, HttpConnection connection) throws IOException, HttpFailure {
        Pod pod = pod(request);
        String sandbox = runtime.sandboxes(PodIdentity.of(pod).uid()).stream()
                .filter(Sandbox::ready)
                .findFirst()
                .orElseThrow(() -> new HttpFailure(404, "pod is not running"))
                .id();
        List<Integer> ports = ForwardedPorts.of(request.query().getOrDefault("port", List.of()));
        PortForward.serve(request, connection, runtime.portForward(sandbox, ports));
    }
}
