package io.gantry.apiserver.http;

import java.net.InetSocketAddress;
import java.util.Optional;

/// A request without its body.
///
/// @param method in upper case
/// @param path decoded, without the query
/// @param rawPath as it was sent
/// @param remote the peer's address
public record RequestHead(
        String method, String path, String rawPath, Query query, Headers headers, InetSocketAddress remote) {

    /// Splits and decodes a request target.
    public static RequestHead of(String method, String target, Headers headers, InetSocketAddress remote) {
        String own = withoutServer(target);
        int mark = own.indexOf('?');
        String rawPath = mark < 0 ? own : own.substring(0, mark);
        Query query = mark < 0 ? Query.NONE : Query.parse(own.substring(mark + 1));
        String path = rawPath.indexOf('%') < 0 ? rawPath : decode(rawPath);
        return new RequestHead(method, path, rawPath, query, headers, remote);
    }

    /// Clients may send whole URLs, as they do to proxies (RFC 9112, 3.2.2).
    private static String withoutServer(String target) {
        if (!target.startsWith("http://") && !target.startsWith("https://")) {
            return target;
        }
        int path = target.indexOf('/', target.indexOf("//") + 2);
        return path < 0 ? "/" : target.substring(path);
    }

    private static String decode(String rawPath) {
        return Query.parse("p=" + rawPath.replace("+", "%2B").replace("&", "%26"))
                .text("p");
    }

    /// The first value of a header field; the name in lower case.
    public Optional<String> header(String name) {
        return headers.first(name);
    }
}
