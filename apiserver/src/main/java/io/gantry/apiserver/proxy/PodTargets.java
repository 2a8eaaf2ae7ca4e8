package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Says where the subresources of pods are answered: on the kubelet of the pod's node, under upstream's paths
/// (`pkg/registry/core/pod/strategy.go`).
public final class PodTargets {
    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers", "ephemeralContainers");
    private static final List<String> LOG_PARAMETERS = List.of("sinceSeconds", "sinceTime", "tailLines", "limitBytes");
    private static final List<String> LOG_FLAGS = List.of("follow", "previous", "timestamps");

    private final ProxyObjects objects;

    public PodTargets(ProxyObjects objects) {
        this.objects = objects;
    }

    /// `log`.
    ///
    /// @return empty where the pod has no node yet
    /// @throws StatusException 404 without the pod, 400 when it has no such container, 422 for bad options
    public Optional<Backend> log(String namespace, String name, Query query) {
        LogOptions.check(name, query);
        JsonNode pod = pod(namespace, name);
        String container = container(pod, name, query.text("container"));
        QueryText text = new QueryText();
        for (String flag : LOG_FLAGS) {
            text.addIf(query.flag(flag), flag, "true");
        }
        for (String parameter : LOG_PARAMETERS) {
            String value = query.text(parameter);
            text.addIf(!value.isEmpty(), parameter, value);
        }
        if (pod.path("spec").path("nodeName").asString("").isEmpty()) {
            return Optional.empty();
        }
        Backend kubelet = kubelet(pod, name, "/containerLogs/" + path(namespace, name, container), text);
        return Optional.of(query.flag("insecureSkipTLSVerifyBackend") ? kubelet.unverified() : kubelet);
    }

    /// `exec`.
    ///
    /// @throws StatusException 404 without the pod, 400 when it has no such container or node, or for bad input
    public Backend exec(String namespace, String name, Query query) {
        if (query.all("command").isEmpty()) {
            throw StatusException.badRequest("you must specify at least 1 command for the container");
        }
        return stream("exec", namespace, name, query);
    }

    /// `attach`.
    ///
    /// @throws StatusException 404 without the pod, 400 when it has no such container or no node
    public Backend attach(String namespace, String name, Query query) {
        return stream("attach", namespace, name, query);
    }

    /// `portforward`.
    ///
    /// @throws StatusException 404 without the pod, 400 when it has no node
    public Backend portForward(String namespace, String name, Query query) {
        QueryText text = new QueryText();
        query.all("ports").forEach(port -> text.add("port", port));
        return kubelet(pod(namespace, name), name, "/portForward/" + path(namespace, name), text);
    }

    private Backend stream(String verb, String namespace, String name, Query query) {
        JsonNode pod = pod(namespace, name);
        String container = container(pod, name, query.text("container"));
        QueryText text = new QueryText();
        text.addIf(query.flag("stdin"), "input", "1")
                .addIf(query.flag("stdout"), "output", "1")
                .addIf(query.flag("stderr") && !query.flag("tty"), "error", "1")
                .addIf(query.flag("tty"), "tty", "1");
        query.all("command").forEach(word -> text.add("command", word));
        return kubelet(pod, name, "/" + verb + "/" + path(namespace, name, container), text);
    }

    private JsonNode pod(String namespace, String name) {
        return objects.pod(namespace, name).orElseThrow(() -> StatusException.notFound("", "pods", name));
    }

    private static String container(JsonNode pod, String name, String wanted) {
        List<String> all = new ArrayList<>();
        for (String list : CONTAINER_LISTS) {
            pod.path("spec")
                    .path(list)
                    .forEach(container -> all.add(container.path("name").asString("")));
        }
        if (!wanted.isEmpty()) {
            if (!all.contains(wanted)) {
                throw StatusException.badRequest("container " + wanted + " is not valid for pod " + name);
            }
            return wanted;
        }
        List<String> main = names(pod, "containers");
        if (main.size() == 1) {
            return main.getFirst();
        }
        List<String> choice = new ArrayList<>(names(pod, "initContainers"));
        choice.addAll(main);
        choice.addAll(names(pod, "ephemeralContainers"));
        throw StatusException.badRequest("a container name must be specified for pod " + name
                + (main.isEmpty() ? "" : ", choose one of: " + bracketed(choice)));
    }

    private static String bracketed(List<String> names) {
        return names.stream().collect(Collectors.joining(" ", "[", "]"));
    }

    private static List<String> names(JsonNode pod, String list) {
        List<String> names = new ArrayList<>();
        pod.path("spec")
                .path(list)
                .forEach(container -> names.add(container.path("name").asString("")));
        return names;
    }

    private Backend kubelet(JsonNode pod, String name, String path, QueryText query) {
        String node = pod.path("spec").path("nodeName").asString("");
        if (node.isEmpty()) {
            throw StatusException.badRequest("pod " + name + " does not have a host assigned");
        }
        return NodeTargets.kubelet(objects, node, path + query);
    }

    private static String path(String... segments) {
        List<String> encoded = new ArrayList<>();
        for (String segment : segments) {
            encoded.add(QueryText.encode(segment));
        }
        return String.join("/", encoded);
    }
}
