package io.gantry.apiserver.proxy;

import java.util.Optional;

/// Makes links of a proxied page lead through the proxy again, as upstream's `proxy.Transport` does.
///
/// @param prefix the path of the proxy, `/api/v1/…/proxy`, as the client wrote it
/// @param backend `host:port` of the server behind
/// @param host what the client called this server
record ProxiedLinks(String prefix, String backend, String host) {
    /// The link, or another one in its place. Links to other servers and relative ones stay as they are.
    String rewrite(String link) {
        Optional<String> path = pathHere(link);
        if (path.isEmpty()) {
            return link;
        }
        return path.get().startsWith(prefix) ? path.get() : prefix + path.get();
    }

    /// The path of a link to the same server.
    private Optional<String> pathHere(String link) {
        String rest = link;
        int scheme = rest.indexOf("://");
        if (scheme > 0 && rest.substring(0, scheme).matches("https?")) {
            rest = rest.substring(scheme + 1);
        }
        if (!rest.startsWith("//")) {
            return rest.startsWith("/") ? Optional.of(rest) : Optional.empty();
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        if (slash < 0 || !(authority.equals(backend) || authority.equals(host))) {
            return Optional.empty();
        }
        return Optional.of(rest.substring(slash));
    }
}
