package io.gantry.apiserver.webhook;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.outgoing.Destination;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/// Where a webhook is and as whom it is asked, as the current context of a kubeconfig says.
///
/// @param address its URL
/// @param headers of every question
public record WebhookTarget(Destination destination, String address, Headers headers) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// @throws IllegalArgumentException for a file that says no such thing
    public static WebhookTarget load(Path file) {
        try {
            return of(file, Bodies.yaml(Files.readAllBytes(file)).tree());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (StatusException | GeneralSecurityException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static WebhookTarget of(Path file, JsonNode tree) throws GeneralSecurityException, IOException {
        JsonNode context = named(file, tree, "context", Trees.text(tree, "current-context"));
        JsonNode cluster = named(file, tree, "cluster", Trees.text(context, "cluster"));
        String name = Trees.text(context, "user");
        JsonNode user = name.isEmpty() ? Trees.empty() : named(file, tree, "user", name);
        String server = Trees.text(cluster, "server");
        URI uri = URI.create(server);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(file + ": server: Invalid value: \"" + server + "\": not a URL");
        }
        boolean secure = "https".equals(uri.getScheme());
        Optional<SSLContext> tls = secure ? Optional.of(tls(file, cluster, user)) : Optional.empty();
        int port = uri.getPort() < 0 ? secure ? HTTPS : HTTP : uri.getPort();
        String host = uri.getHost().startsWith("[")
                ? uri.getHost().substring(1, uri.getHost().length() - 1)
                : uri.getHost();
        String wanted = Trees.text(cluster, "tls-server-name");
        return new WebhookTarget(
                new Destination(host, port, wanted.isEmpty() ? host : wanted, port, tls), server, headers(file, user));
    }

    private static JsonNode named(Path file, JsonNode tree, String sort, String name) {
        return Trees.list(tree, sort + "s").stream()
                .filter(entry -> !name.isEmpty() && Trees.text(entry, "name").equals(name))
                .findFirst()
                .map(entry -> entry.path(sort))
                .orElseThrow(() -> new IllegalArgumentException(file + " has no " + sort + " \"" + name + "\""));
    }

    private static SSLContext tls(Path file, JsonNode cluster, JsonNode user)
            throws GeneralSecurityException, IOException {
        Optional<String> certificate = text(file, user, "client-certificate");
        Optional<PrivateKey> key = Optional.empty();
        if (certificate.isPresent()) {
            key = Optional.of(Pem.privateKey(text(file, user, "client-key")
                    .orElseThrow(() -> new IllegalArgumentException(file + ": a client-certificate without key"))));
        }
        if (Trees.flag(cluster, "insecure-skip-tls-verify")) {
            return TlsContexts.unverified(key, certificates(certificate));
        }
        Optional<String> authority = text(file, cluster, "certificate-authority");
        return TlsContexts.client(certificates(authority), key, certificates(certificate));
    }

    private static List<X509Certificate> certificates(Optional<String> pem) throws GeneralSecurityException {
        return pem.isPresent() ? Pem.certificates(pem.get()) : List.of();
    }

    private static Headers headers(Path file, JsonNode user) throws IOException {
        Headers.Builder headers = Headers.of(
                "accept", "application/json, */*",
                "content-type", "application/json",
                "user-agent", "kube-apiserver-admission")
                .toBuilder();
        String tokenFile = Trees.text(user, "tokenFile");
        String token = tokenFile.isEmpty()
                ? Trees.text(user, "token")
                : Files.readString(beside(file, tokenFile)).strip();
        String name = Trees.text(user, "username");
        if (!token.isEmpty()) {
            headers.add("authorization", "Bearer " + token);
        } else if (!name.isEmpty()) {
            byte[] pair = (name + ":" + Trees.text(user, "password")).getBytes(StandardCharsets.UTF_8);
            headers.add("authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        return headers.build();
    }

    /// A field's text, or that of the file that it names.
    private static Optional<String> text(Path file, JsonNode section, String field) throws IOException {
        String data = Trees.text(section, field + "-data");
        if (!data.isEmpty()) {
            return Optional.of(new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII));
        }
        String named = Trees.text(section, field);
        return named.isEmpty() ? Optional.empty() : Optional.of(Files.readString(beside(file, named)));
    }

    private static Path beside(Path file, String named) {
        return file.toAbsolutePath().resolveSibling(named);
    }
}
