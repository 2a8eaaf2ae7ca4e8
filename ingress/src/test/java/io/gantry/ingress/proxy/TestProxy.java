package io.gantry.ingress.proxy;

import static io.gantry.ingress.route.Objects.json;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.ingress.endpoint.Backends;
import io.gantry.ingress.route.RouteTable;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The data plane with Services whose endpoints are ports of this machine.
final class TestProxy implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Map<String, List<Integer>> services = new HashMap<>();
    private final ProxyMetrics metrics = new ProxyMetrics();
    private final RouteTable table;
    private final Backends backends;
    private final ProxyServer server;
    private int port;

    TestProxy(Ingress... ingresses) throws IOException {
        table = RouteTable.of(List.of(ingresses));
        backends = new Backends(new Backends.Cluster(
                key -> Optional.of(json(
                        Service.class,
                        "{'metadata':{'name':'" + key.name() + "','namespace':'default'},"
                                + "'spec':{'ports':[{'port':80}]}}")),
                key -> slices(key.name())));
        backends.keep(table.backends());
        server = new ProxyServer(new Traffic(() -> table, backends, metrics, 443, false));
    }

    private List<EndpointSlice> slices(String service) {
        List<EndpointSlice> slices = new ArrayList<>();
        for (int port : services.getOrDefault(service, List.of())) {
            slices.add(json(
                    EndpointSlice.class,
                    "{'metadata':{'name':'s'},'addressType':'IPv4','ports':[{'port':" + port
                            + "}],'endpoints':[{'addresses':['127.0.0.1']}]}"));
        }
        return slices;
    }

    TestProxy endpoints(String service, Integer... ports) {
        services.put(service, List.of(ports));
        table.backends().forEach(ref -> backends.refresh(ref.service()));
        return this;
    }

    TestProxy listening() throws IOException {
        port = server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty());
        return this;
    }

    int tls(Mapping<String, SslContext> certificates) throws IOException {
        return server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(certificates));
    }

    TestEndpoint.Wire connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new TestEndpoint.Wire(socket);
    }

    /// Sends, and reads one answer.
    String ask(String request) throws IOException {
        try (TestEndpoint.Wire wire = connect()) {
            wire.send(request);
            String head = wire.head();
            return head + wire.body(head);
        }
    }

    String metrics() {
        return metrics.text();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        server.close();
    }
}
