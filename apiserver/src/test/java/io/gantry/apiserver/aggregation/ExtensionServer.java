package io.gantry.apiserver.aggregation;

import io.gantry.apiserver.outgoing.ServerBehindTls;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/// An API server of somebody else's, as metrics-server is: it takes only the front proxy's certificate, serves
/// `widgets` of `things.example.com/v1`, streams watches and lets exec leave HTTP.
final class ExtensionServer implements AutoCloseable {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final String RESOURCES = """
            {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"things.example.com/v1","resources":[
             {"name":"widgets","singularName":"widget","namespaced":true,"kind":"Widget","verbs":["get","list","watch"],
              "shortNames":["wd"]},
             {"name":"widgets/status","singularName":"","namespaced":true,"kind":"Widget","verbs":["get"]}]}""";

    /// Its `meta.v1.Time` is not ours.
    private static final String SWAGGER = """
            {"swagger":"2.0","info":{"title":"ext","version":"1"},"paths":{
             "/apis/things.example.com/v1/widgets":{"get":{"operationId":"listWidgets","responses":{"200":{"description":
              "OK","schema":{"$ref":"#/definitions/com.example.Widget"}}}}},
             "/apis/elsewhere.example.com/v1/x":{"get":{"operationId":"x","responses":{}}}},
             "definitions":{"com.example.Widget":{"type":"object","description":"A widget","properties":{
              "at":{"$ref":"#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.Time"}},
              "x-kubernetes-group-version-kind":[{"group":"things.example.com","kind":"Widget","version":"v1"}]},
              "io.k8s.apimachinery.pkg.apis.meta.v1.Time":{"type":"integer"},"unused":{"type":"string"}}}""";

    private final CertificateAuthority authority = CertificateAuthority.create("extension", LIFE);
    private final CertificateAuthority frontAuthority = CertificateAuthority.create("front-proxy-ca", LIFE);
    private final ServerBehindTls server;
    final BlockingQueue<String> heads;

    ExtensionServer() throws IOException, GeneralSecurityException {
        Identity serving =
                authority.issue(CertificateProfile.server("extension", List.of("ext.default.svc"), List.of(), LIFE));
        server = new ServerBehindTls(serving, frontAuthority, ExtensionServer::answer);
        heads = server.heads();
    }

    int port() {
        return server.port();
    }

    String caBundle() {
        return Base64.getEncoder()
                .encodeToString(authority.identity().certificatePem().getBytes(StandardCharsets.US_ASCII));
    }

    FrontProxy frontProxy() {
        Identity client = frontAuthority.issue(CertificateProfile.client("front-proxy-client", List.of(), LIFE));
        return new FrontProxy(Optional.of(client.key()), List.of(client.certificate()));
    }

    private static void answer(String head, InputStream in, OutputStream out) throws IOException {
        String path = head.split(" ")[1];
        if (head.contains("Upgrade: ")) {
            write(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n");
            in.transferTo(out);
        } else if (path.equals("/apis/things.example.com/v1")) {
            whole(out, "200 OK", RESOURCES);
        } else if (path.contains("watch=true")) {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                write(out, "2\r\n" + i + "\n\r\n");
            }
            in.transferTo(out);
        } else if (path.equals("/openapi/v3")) {
            whole(
                    out,
                    "200 OK",
                    "{\"paths\":{\"apis/things.example.com/v1\":{\"serverRelativeURL\":"
                            + "\"/openapi/v3/apis/things.example.com/v1?hash=ABC\"}}}");
        } else if (path.equals("/openapi/v2")) {
            whole(out, "200 OK", SWAGGER);
        } else if (path.startsWith("/openapi/v3/apis/things.example.com/v1")) {
            whole(out, "200 OK", "{\"openapi\":\"3.0.0\"}");
        } else if (path.split("\\?")[0].endsWith("/widgets")) {
            whole(out, "200 OK", "{\"kind\":\"WidgetList\"}");
        } else {
            whole(out, "404 Not Found", "{\"kind\":\"Status\",\"code\":404}");
        }
    }

    private static void whole(OutputStream out, String status, String body) throws IOException {
        write(
                out,
                "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
