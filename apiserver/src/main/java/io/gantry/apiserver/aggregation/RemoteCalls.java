package io.gantry.apiserver.aggregation;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.outgoing.Deadline;
import io.gantry.apiserver.outgoing.Destination;
import io.gantry.apiserver.outgoing.OutgoingAnswer;
import io.gantry.apiserver.outgoing.OutgoingHttp;
import io.gantry.apiserver.outgoing.OutgoingRequest;
import io.gantry.apiserver.proxy.Backend;
import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.apiserver.proxy.PlainForwarder;
import io.gantry.apiserver.proxy.Route;
import io.gantry.apiserver.proxy.UpgradeForwarder;
import io.gantry.apiserver.webhook.ServiceResolver;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;

/// Requests to the servers behind this one: clients', passed on, and this server's own. Thread-safe; blocks.
final class RemoteCalls implements AutoCloseable {
    private static final UserInfo OWN = UserInfo.of("system:kube-aggregator", UserInfo.MASTERS_GROUP);

    private final ServiceResolver services;
    private final RemoteTls tls;
    private final OutgoingHttp http = new OutgoingHttp();
    private final PlainForwarder plain;
    private final UpgradeForwarder upgrades;

    RemoteCalls(ServiceResolver services, FrontProxy identity, KubeletTls unused) {
        this.services = services;
        this.tls = new RemoteTls(identity);
        this.plain = new PlainForwarder(unused);
        this.upgrades = new UpgradeForwarder(unused);
    }

    /// Passes a client's request on, as its user.
    ///
    /// @throws StatusException 503 when the server cannot be reached
    Response forward(RemoteService remote, Request request, UserInfo user) {
        String query = request.head().query().raw();
        String target = request.head().rawPath() + (query.isEmpty() ? "" : "?" + query);
        Route route;
        try {
            route = new Route(destination(remote), target, FrontProxy.headers(user), FrontProxy::passes);
        } catch (GeneralSecurityException e) {
            throw StatusException.unavailable("error trying to reach service: " + e.getMessage());
        }
        return UpgradeForwarder.wanted(request) ? upgrades.forward(request, route) : plain.forward(request, route);
    }

    private Destination destination(RemoteService remote) throws GeneralSecurityException {
        Backend found = services.resolve(remote.namespace(), remote.service(), remote.port());
        return new Destination(
                found.host(), found.port(), remote.serverName(), remote.port(), Optional.of(tls.context(remote)));
    }

    /// Asks as this server itself.
    ///
    /// @throws IOException when there is no answer in time
    OutgoingAnswer get(RemoteService remote, String target, String accept, Duration timeout)
            throws IOException, GeneralSecurityException {
        Headers.Builder headers = FrontProxy.headers(OWN).toBuilder().add("user-agent", "kube-aggregator");
        if (!accept.isEmpty()) {
            headers.add("accept", accept);
        }
        Deadline deadline = Deadline.in(timeout);
        return http.send(
                destination(remote),
                new OutgoingRequest("GET", target, headers.build(), new byte[0]),
                deadline,
                deadline);
    }

    @Override
    public void close() {
        http.close();
        plain.close();
    }
}
