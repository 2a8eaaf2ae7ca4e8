package io.gantry.apiserver.webhook;

import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.JsonNode;

/// How a webhook is reached: by URL, or as a Service.
///
/// @param url empty for a Service
/// @param path of a Service's webhook, beginning with a slash
/// @param caBundle PEM in base64, as it stands in the object; empty for the system's authorities
public record ClientConfig(String url, String namespace, String service, int port, String path, String caBundle) {
    private static final int HTTPS = 443;

    /// Reads the `clientConfig` of a webhook configuration or of a conversion.
    public static ClientConfig of(JsonNode tree) {
        JsonNode service = tree.path("service");
        String path = service.path("path").asString("");
        return new ClientConfig(
                tree.path("url").asString(""),
                service.path("namespace").asString(""),
                service.path("name").asString(""),
                service.path("port").asInt(HTTPS),
                path.startsWith("/") ? path : "/" + path,
                tree.path("caBundle").asString(""));
    }

    boolean isService() {
        return url.isEmpty();
    }

    /// The name that a Service's certificate is made for.
    String serverName() {
        return service + "." + namespace + ".svc";
    }

    /// The whole URL without the query, for requests and messages. The path is cleaned as upstream's client does it, so
    /// that of `//validate/` becomes `/validate` (`k8s.io/apiserver/pkg/util/webhook`, Go's `path.Join`).
    String address() {
        if (isService()) {
            return "https://" + serverName() + ":" + port + clean(path);
        }
        int slash = url.indexOf('/', url.indexOf("//") + 2);
        return slash < 0 ? url + "/" : url.substring(0, slash) + clean(url.substring(slash));
    }

    private static String clean(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
