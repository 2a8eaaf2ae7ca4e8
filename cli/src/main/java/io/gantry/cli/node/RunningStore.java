package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Optional;

/// The store of a cluster that runs, read through its API server as its administrator.
public final class RunningStore {
    private RunningStore() {}

    /// Copies the dump of the state to a stream.
    public static void copy(ClusterLayout layout, ClusterConfig config, OutputStream target) throws IOException {
        try (HttpClient client = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .sslContext(TlsContexts.client(
                        Pem.certificates(layout.pki("ca.crt")),
                        Optional.of(Pem.privateKey(layout.pki("admin.key"))),
                        Pem.certificates(layout.pki("admin.crt"))))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + config.apiPort() + "/gantry/v1/store"))
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new CliException("the API server answers " + response.statusCode() + " to a backup");
                }
                body.transferTo(target);
            }
        } catch (GeneralSecurityException e) {
            throw new CliException("cannot read the administrator's certificate: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", e);
        }
    }
}
