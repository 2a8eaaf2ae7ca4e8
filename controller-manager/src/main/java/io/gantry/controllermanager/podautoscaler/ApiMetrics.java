package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.CrossVersionObjectReference;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.MetricIdentifier;
import io.gantry.api.kind.Kind;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.client.ApiClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Metrics from the APIs `metrics.k8s.io`, `custom.metrics.k8s.io` and `external.metrics.k8s.io`, whoever serves them.
final class ApiMetrics implements MetricsClient {
    private static final String RESOURCE = "/apis/metrics.k8s.io/v1beta1/namespaces/";
    private static final String CUSTOM = "/apis/custom.metrics.k8s.io";
    private static final String EXTERNAL = "/apis/external.metrics.k8s.io/v1beta1/namespaces/";
    private static final List<String> CUSTOM_VERSIONS = List.of("v1beta2", "v1beta1");

    private final ApiClient client;
    private final Kinds kinds;

    /// The resource that serves a kind.
    interface Kinds {
        Optional<? extends Kind<?>> find(String apiVersion, String kind);
    }

    ApiMetrics(ApiClient client, Kinds kinds) {
        this.client = client;
        this.kinds = kinds;
    }

    @Override
    public Map<String, PodMetric> resource(String namespace, String selector, String resource, String container)
            throws MetricFailure {
        JsonNode items = items(
                RESOURCE + namespace + "/pods" + query("labelSelector", selector, "", ""),
                "resource metrics API",
                "pods.metrics.k8s.io");
        return MetricReader.resource(items, resource, container);
    }

    @Override
    public Map<String, PodMetric> pods(String namespace, String selector, MetricIdentifier metric)
            throws MetricFailure {
        JsonNode items = items(
                custom() + "/namespaces/" + namespace + "/pods/*/" + segment(metric.name())
                        + query("labelSelector", selector, "metricLabelSelector", selector(metric)),
                "custom metrics API",
                "pods.custom.metrics.k8s.io *");
        return MetricReader.custom(items);
    }

    @Override
    public long object(String namespace, CrossVersionObjectReference object, MetricIdentifier metric)
            throws MetricFailure {
        boolean isNamespace =
                object.kind().equals("Namespace") && text(object.apiVersion()).equals("v1");
        String resource = isNamespace ? "metrics" : resource(object);
        String path = custom() + "/namespaces/" + namespace + "/" + resource
                + (isNamespace ? "" : "/" + segment(object.name())) + "/" + segment(metric.name());
        JsonNode answer = get(
                path + query("metricLabelSelector", selector(metric), "", ""),
                "custom metrics API",
                resource + ".custom.metrics.k8s.io " + object.name());
        JsonNode items = answer.path("items");
        if (items.size() != 1) {
            throw new MetricFailure("unable to fetch metrics from custom metrics API: the custom metrics API server"
                    + " returned " + items.size() + " results when we asked for exactly one");
        }
        return MetricReader.milli(items.get(0).path("value"));
    }

    private String resource(CrossVersionObjectReference object) throws MetricFailure {
        String group = Kind.groupOf(text(object.apiVersion()));
        return kinds.find(text(object.apiVersion()), object.kind())
                .map(Kind::groupResource)
                .orElseThrow(() -> new MetricFailure("unable to fetch metrics from custom metrics API: unable to map"
                        + " kind " + object.kind() + (group.isEmpty() ? "" : "." + group)
                        + " to resource: no matches for kind \"" + object.kind() + "\" in group \"" + group + "\""));
    }

    @Override
    public List<Long> external(String namespace, MetricIdentifier metric) throws MetricFailure {
        JsonNode items = items(
                EXTERNAL + namespace + "/" + segment(metric.name()) + query("labelSelector", selector(metric), "", ""),
                "external metrics API",
                metric.name() + ".external.metrics.k8s.io");
        List<Long> values = new ArrayList<>();
        items.forEach(item -> values.add(MetricReader.milli(item.path("value"))));
        return values;
    }

    /// The version of the custom metrics API that is served and known here.
    private String custom() throws MetricFailure {
        JsonNode group;
        try {
            group = client.raw(CUSTOM);
        } catch (StatusException e) {
            throw new MetricFailure("unable to fetch metrics from custom metrics API: "
                    + (e.isNotFound()
                            ? "no custom metrics API (custom.metrics.k8s.io) registered"
                            : String.valueOf(e.getMessage())));
        }
        String preferred = group.path("preferredVersion").path("version").asString("");
        if (CUSTOM_VERSIONS.contains(preferred)) {
            return CUSTOM + "/" + preferred;
        }
        List<String> served = group.path("versions")
                .valueStream()
                .map(version -> version.path("version").asString(""))
                .toList();
        return CUSTOM_VERSIONS.stream()
                .filter(served::contains)
                .findFirst()
                .map(version -> CUSTOM + "/" + version)
                .orElseThrow(() -> new MetricFailure("unable to fetch metrics from custom metrics API: no custom"
                        + " metrics API (custom.metrics.k8s.io) registered"));
    }

    private JsonNode items(String path, String api, String what) throws MetricFailure {
        JsonNode items = get(path, api, what).path("items");
        if (items.isEmpty()) {
            throw new MetricFailure("no metrics returned from " + api);
        }
        return items;
    }

    /// @param what how client-go names the request where the server says nothing of its own
    private JsonNode get(String path, String api, String what) throws MetricFailure {
        try {
            return client.raw(path);
        } catch (StatusException e) {
            throw new MetricFailure("unable to fetch metrics from " + api + ": " + words(e, what));
        } catch (JacksonException e) {
            throw new MetricFailure("unable to fetch metrics from " + api + ": " + e.getOriginalMessage());
        }
    }

    private static String words(StatusException e, String what) {
        String said = String.valueOf(e.getMessage());
        if (e.code() == 404 && said.startsWith("404 page not found")) {
            return "the server could not find the requested resource (get " + what + ")";
        }
        return e.code() == 503 && said.startsWith("service unavailable")
                ? "the server is currently unable to handle the request (get " + what + ")"
                : said;
    }

    private static String selector(MetricIdentifier metric) {
        return metric.selector() == null
                ? ""
                : LabelSelectors.of(metric.selector()).toString();
    }

    private static String query(String name, String value, String other, String otherValue) {
        StringBuilder query = new StringBuilder();
        if (!value.isEmpty()) {
            query.append('?').append(name).append('=').append(encoded(value));
        }
        if (!otherValue.isEmpty()) {
            query.append(query.isEmpty() ? '?' : '&').append(other).append('=').append(encoded(otherValue));
        }
        return query.toString();
    }

    private static String segment(String text) {
        return encoded(text).replace("+", "%20");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
