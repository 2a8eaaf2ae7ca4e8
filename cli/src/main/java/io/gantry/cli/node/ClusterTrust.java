package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.component.pki.TrustAll;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Finds a cluster's CA before anything is trusted: reads the public `cluster-info` (as kubeadm publishes it) over a
/// connection that is not verified, and accepts its CA only if the hash given by the administrator fits.
final class ClusterTrust {
    private static final String INFO = "/api/v1/namespaces/kube-public/configmaps/cluster-info";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern AUTHORITY =
            Pattern.compile("certificate-authority-data:\\s*\\\\?\"?([A-Za-z0-9+/=]+)");

    private ClusterTrust() {}

    /// The CA as PEM.
    ///
    /// @param server `https://HOST:PORT`
    /// @param caHash `sha256:HEX` of the CA's public key
    static String discover(String server, String caHash) {
        String info = read(server + INFO, ClusterTrust::unverified);
        Matcher matcher = AUTHORITY.matcher(info);
        if (!matcher.find()) {
            throw new CliException(
                    server + " publishes no cluster-info in kube-public: is it a cluster of Gantry or kubeadm?");
        }
        String pem = new String(Base64.getDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8);
        try {
            X509Certificate authority = Pem.certificates(pem).getFirst();
            String found = CertificateAuthority.publicKeyHash(authority);
            if (!found.equals(caHash)) {
                throw new CliException("the CA of " + server + " has the hash " + found + ", not " + caHash
                        + ": this is not the cluster that the command was made for");
            }
        } catch (GeneralSecurityException e) {
            throw new CliException("the CA that " + server + " publishes cannot be read: " + e.getMessage(), e);
        }
        return pem;
    }

    /// The published ConfigMap as JSON, read from a server that has proved to be of that CA.
    ///
    /// @param authority as PEM, from [#discover]
    static String info(String server, String authority) {
        return read(server + INFO, () -> TlsContexts.client(Pem.certificates(authority), Optional.empty(), List.of()));
    }

    private interface Trust {
        SSLContext context() throws GeneralSecurityException, IOException;
    }

    private static String read(String url, Trust trust) {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .sslContext(trust.context())
                .proxy(HttpClient.Builder.NO_PROXY)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(LIMIT)
                    .header("Accept", "application/json")
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new CliException(url + " answers " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException | GeneralSecurityException e) {
            throw new CliException("cannot reach " + url + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", e);
        }
    }

    /// What is read over it is public, and is believed only if the hash fits.
    private static SSLContext unverified() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        return context;
    }
}
