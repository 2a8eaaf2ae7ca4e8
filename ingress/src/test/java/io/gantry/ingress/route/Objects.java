package io.gantry.ingress.route;

import io.gantry.api.Json;
import io.gantry.api.networking.v1.ingress.Ingress;
import java.util.List;

/// Objects from JSON with single quotes.
public final class Objects {
    private Objects() {}

    public static <T> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    /// One rule's paths, `Exact /a web:80` each.
    ///
    /// @param annotations members of a JSON object
    public static Ingress ingress(String name, String created, String annotations, String host, String... paths) {
        return ingress(name, created, annotations, "", host, List.of(paths));
    }

    public static Ingress withTls(String name, String annotations, String tls, String host, String... paths) {
        return ingress(name, "2026-01-01T00:00:00Z", annotations, ",'tls':[" + tls + "]", host, List.of(paths));
    }

    private static Ingress ingress(
            String name, String created, String annotations, String more, String host, List<String> paths) {
        StringBuilder rules = new StringBuilder();
        for (String path : paths) {
            String[] words = path.split(" ");
            String[] backend = words[2].split(":");
            String port = backend[1].matches("\\d+") ? "'number':" + backend[1] : "'name':'" + backend[1] + "'";
            rules.append(rules.isEmpty() ? "" : ",")
                    .append("{'path':'" + words[1] + "','pathType':'" + words[0] + "','backend':{'service':{'name':'"
                            + backend[0] + "','port':{" + port + "}}}}");
        }
        return json(
                Ingress.class,
                "{'metadata':{'name':'" + name + "','namespace':'default','uid':'" + name + "','creationTimestamp':'"
                        + created + "','annotations':{" + annotations + "}},'spec':{'rules':[{"
                        + (host.isEmpty() ? "" : "'host':'" + host + "',") + "'http':{'paths':[" + rules + "]}}]" + more
                        + "}}");
    }
}
