package io.gantry.apiserver.oidc;

import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Fetches documents of an issuer over HTTPS. They are rare: each has a client of its own, which ends with it.
///
/// @param authorities of the issuer's certificate; empty for the host's
record HttpsDocuments(List<X509Certificate> authorities) implements SigningKeys.Documents {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1 << 20;

    @Override
    public String get(String url) throws IOException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(tls())
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (answer.statusCode() != 200 || bytes.length > MAX_BYTES) {
                    throw new IOException(
                            answer.statusCode() != 200
                                    ? url + " answered " + answer.statusCode()
                                    : url + " is too long");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            throw e.getMessage() == null ? new IOException(url + " cannot be reached: " + e, e) : e;
        }
    }

    private SSLContext tls() throws IOException {
        try {
            return authorities.isEmpty()
                    ? SSLContext.getDefault()
                    : TlsContexts.client(authorities, Optional.empty(), List.of());
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS toward the issuer", e);
        }
    }
}
