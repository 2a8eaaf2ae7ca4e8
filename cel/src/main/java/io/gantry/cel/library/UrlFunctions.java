package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.BOOL;
import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.STRINGS;
import static io.gantry.cel.library.Overloads.global;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.MapLiteral;

/// URLs (upstream `k8s.io/apiserver/pkg/cel/library/urls.go`).
final class UrlFunctions {
    private static final CelType URL = OpaqueTypes.of(CelUrl.TYPE);

    private UrlFunctions() {}

    static void add(FunctionTable table) {
        table.type(URL);
        table.declare(
                "url",
                String.class,
                args -> CelUrl.parse(Arguments.text(args[0])),
                global("string_to_url", URL, STRING));
        table.declare(
                "isURL", String.class, args -> isUrl(Arguments.text(args[0])), global("is_url_string", BOOL, STRING));
        part(table, "getScheme", "url_get_scheme", CelUrl::scheme);
        part(table, "getHost", "url_get_host", CelUrl::host);
        part(table, "getHostname", "url_get_hostname", CelUrl::hostname);
        part(table, "getPort", "url_get_port", CelUrl::port);
        part(table, "getEscapedPath", "url_get_escaped_path", CelUrl::escapedPath);
        table.declare(
                "getQuery",
                CelUrl.class,
                args -> query(Arguments.as(CelUrl.class, args[0])),
                member("url_get_query", MapType.create(STRING, STRINGS), URL));
    }

    private static void part(
            FunctionTable table, String name, String id, java.util.function.Function<CelUrl, String> part) {
        table.declare(
                name, CelUrl.class, args -> part.apply(Arguments.as(CelUrl.class, args[0])), member(id, STRING, URL));
    }

    private static Object query(CelUrl url) {
        MapLiteral map = new MapLiteral();
        url.values().forEach(map::insert);
        return map;
    }

    static boolean isUrl(String text) {
        try {
            CelUrl.parse(text);
            return true;
        } catch (CelError malformed) {
            return false;
        }
    }
}
