package io.gantry.apiserver.proxy;

import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.outgoing.Destination;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/// Where a request is passed on to, and as whom.
///
/// @param target path and query, encoded, beginning with a slash
/// @param added header fields that the backend gets beside the client's
/// @param passed which of the client's fields (lower case) are passed on, of those that may be
public record Route(Destination to, String target, Headers added, Predicate<String> passed) {
    static Route of(Backend backend, KubeletTls kubelets) {
        return of(backend, kubelets, Headers.NONE);
    }

    static Route of(Backend backend, KubeletTls kubelets, Headers added) {
        Optional<SSLContext> tls = switch (backend.security()) {
            case PLAIN -> Optional.empty();
            case KUBELET -> Optional.of(kubelets.verified());
            case UNVERIFIED_KUBELET -> Optional.of(kubelets.unverified());
            case UNVERIFIED -> Optional.of(UnverifiedTls.CONTEXT);
        };
        return new Route(Destination.of(backend.host(), backend.port(), tls), backend.target(), added, name -> true);
    }

    /// The header fields of a request that is passed on.
    Headers headers(Request request) {
        Headers.Builder headers = new Headers.Builder();
        request.head().headers().forEach((name, value) -> {
            if (HopHeaders.requestField(name) && passed.test(name) && added.get(name) == null) {
                HopHeaders.requestValue(name, value).ifPresent(kept -> headers.add(name, kept));
            }
        });
        added.forEach(headers::add);
        return headers.build();
    }
}
