package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.kind.Names;
import io.gantry.api.selector.FieldSelector;
import io.gantry.apiserver.http.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a path and a method ask for (upstream `endpoints/request/requestinfo.go`).
///
/// @param resource false for paths such as `/healthz` and discovery
/// @param verb `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for other paths the
///     method in lower case. Whatever is below `/watch/` is `watch`, with every method
/// @param name of the path, or the one that the field selector of a list or watch demands
/// @param rest path segments after the subresource (of `proxy`)
public record RequestInfo(
        boolean resource,
        String verb,
        String group,
        String version,
        String namespace,
        String plural,
        String name,
        String subresource,
        List<String> rest) {
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");
    private static final String NAME_FIELD = "metadata.name";

    public RequestInfo {
        rest = List.copyOf(rest);
    }

    /// Reads a request.
    public static RequestInfo of(RequestHead head) {
        String path = head.path();
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        List<String> parts =
                List.of((trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed).split("/", -1));
        boolean core = parts.getFirst().equals("api");
        int skip = core ? 2 : 3;
        if (!core && !parts.getFirst().equals("apis") || parts.size() <= skip) {
            return new RequestInfo(false, head.method().toLowerCase(Locale.ROOT), "", "", "", "", "", "", List.of());
        }
        String group = core ? "" : parts.get(1);
        String version = parts.get(skip - 1);
        List<String> below = parts.subList(skip, parts.size());
        boolean watchPath = below.getFirst().equals("watch") && below.size() > 1;
        return below(head, group, version, watchPath ? below.subList(1, below.size()) : below, watchPath);
    }

    private static RequestInfo below(
            RequestHead head, String group, String version, List<String> parts, boolean watchPath) {
        String namespace = "";
        List<String> own = parts;
        if (parts.getFirst().equals("namespaces") && parts.size() > 1) {
            namespace = parts.get(1);
            if (parts.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(parts.get(2))) {
                own = parts.subList(2, parts.size());
            }
        }
        String plural = own.getFirst();
        String name = own.size() > 1 ? own.get(1) : "";
        String subresource = own.size() > 2 ? own.get(2) : "";
        List<String> rest = own.size() > 3 ? own.subList(3, own.size()) : List.of();
        String verb = watchPath ? "watch" : verb(head, name);
        String about = name.isEmpty() && !watchPath && (verb.equals("list") || verb.equals("watch"))
                ? selectedName(head)
                : name;
        return new RequestInfo(true, verb, group, version, namespace, plural, about, subresource, rest);
    }

    /// The one name that can be in the answer. A selector that cannot be read demands none; it is refused later.
    private static String selectedName(RequestHead head) {
        String selector = head.query().text("fieldSelector");
        if (!selector.contains(NAME_FIELD)) {
            return "";
        }
        try {
            return FieldSelector.parse(selector)
                    .requiredValue(NAME_FIELD)
                    .filter(name -> Names.pathSegment(name).isEmpty())
                    .orElse("");
        } catch (StatusException unreadable) {
            return "";
        }
    }

    private static String verb(RequestHead head, String name) {
        return switch (head.method()) {
            case "POST" -> "create";
            case "GET", "HEAD" -> {
                if (!name.isEmpty()) {
                    yield "get";
                }
                yield head.query().flag("watch") ? "watch" : "list";
            }
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> "";
        };
    }
}
