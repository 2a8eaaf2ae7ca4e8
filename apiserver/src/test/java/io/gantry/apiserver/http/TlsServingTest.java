package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class TlsServingTest {
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("ca", Duration.ofDays(1));

    private static Identity identity() {
        return AUTHORITY.issue(
                CertificateProfile.server("server", List.of("localhost"), List.of("127.0.0.1"), Duration.ofHours(1)));
    }

    private static ServerTls tls() throws Exception {
        Identity identity = identity();
        return new ServerTls(identity.key(), List.of(identity.certificate()), List.of());
    }

    private static HttpServer serve(ServerTls tls, double goawayChance) throws Exception {
        Handler handler = new Handler() {
            @Override
            public Answer begin(Request request) {
                return Answer.now(Response.of(200, "text/plain", new byte[] {'o', 'k'}));
            }
        };
        return HttpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(tls), handler, goawayChance);
    }

    private static HttpClient client() throws Exception {
        SSLContext trust = TlsContexts.client(List.of(AUTHORITY.identity().certificate()), Optional.empty(), List.of());
        return HttpClient.newBuilder().sslContext(trust).build();
    }

    private static HttpResponse<String> get(HttpClient client, HttpServer server) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(
                                "https://127.0.0.1:" + server.address().getPort() + "/"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static X509Certificate served(HttpServer server) throws Exception {
        try (HttpClient client = client()) {
            return (X509Certificate)
                    get(client, server).sslSession().orElseThrow().getPeerCertificates()[0];
        }
    }

    @Test
    void clientsThatAreSentAwayComeBack() throws Exception {
        try (HttpServer server = serve(tls(), 1);
                HttpClient client = client()) {
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> response = get(client, server);
                assertEquals(HttpClient.Version.HTTP_2, response.version());
                assertEquals("ok", response.body());
            }
        }
    }

    private static ServingIdentity of(String commonName, List<String> hosts, List<String> names) {
        Identity identity =
                AUTHORITY.issue(CertificateProfile.server(commonName, hosts, List.of(), Duration.ofHours(1)));
        return new ServingIdentity(identity.key(), List.of(identity.certificate()), names);
    }

    /// What is shown to a client that comes for a host; empty for one that does not say.
    private static X509Certificate shown(HttpServer server, String host) throws Exception {
        SSLContext trust = TlsContexts.client(List.of(AUTHORITY.identity().certificate()), Optional.empty(), List.of());
        try (SSLSocket socket = (SSLSocket) trust.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            if (!host.isEmpty()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(host)));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void hostsMayHaveCertificatesOfTheirOwn() throws Exception {
        ServingIdentity usual = of("server", List.of("localhost"), List.of());
        ServingIdentity first = of("first.example.com", List.of("api.example.com"), List.of());
        ServingIdentity second = of("second", List.of("api.example.com", "*.wild.example.com"), List.of());
        ServingIdentity given = of("given", List.of("unused.example.com"), List.of("foo", "first.example.com"));
        Map<String, ServingIdentity> expected = Map.of(
                "", usual,
                "localhost", usual,
                "elsewhere.example.com", usual,
                "unused.example.com", usual,
                "API.example.com", first,
                "second", second,
                "a.wild.example.com", second,
                "a.b.wild.example.com", usual,
                "foo", given,
                "first.example.com", given);
        try (HttpServer server = serve(new ServerTls(usual, List.of(first, second, given), List.of()), 0)) {
            for (Map.Entry<String, ServingIdentity> entry : expected.entrySet()) {
                assertEquals(
                        entry.getValue().chain().getFirst(),
                        shown(server, entry.getKey()),
                        "\"" + entry.getKey() + "\"");
            }
        }
    }

    @Test
    void newConnectionsGetTheRenewedCertificate() throws Exception {
        ServerTls tls = tls();
        try (HttpServer server = serve(tls, 0);
                HttpClient old = client()) {
            X509Certificate before = served(server);
            assertEquals("ok", get(old, server).body());
            Identity renewed = identity();
            tls.replace(
                    new ServingIdentity(renewed.key(), List.of(renewed.certificate()), List.of()),
                    List.of(),
                    List.of());
            assertNotEquals(before, served(server));
            assertEquals(renewed.certificate(), served(server));
            assertEquals("ok", get(old, server).body());
        }
    }
}
