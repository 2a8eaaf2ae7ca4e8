package io.gantry.apiserver;

import io.gantry.component.pki.Pem;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/// What aggregated servers are told of whom to believe, as the ConfigMap has it. Several servers of a cluster may have
/// other files, as while their authorities change one after the other, so each adds its own to what is there (upstream
/// `controlplane/controller/clusterauthenticationtrust`).
///
/// @param clients the authorities of clients
/// @param proxies the authorities of front proxies; without them nothing else of front proxies is told
record AuthenticationTrust(List<X509Certificate> clients, List<X509Certificate> proxies, FrontProxyNames names) {
    /// Clocks may differ by this when an authority ends.
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final String CLIENTS = "client-ca-file";
    private static final String PROXIES = "requestheader-client-ca-file";

    AuthenticationTrust {
        clients = List.copyOf(clients);
        proxies = List.copyOf(proxies);
    }

    /// What the ConfigMap's data say.
    ///
    /// @throws CertificateException when certificates cannot be read
    /// @throws JacksonException when names cannot be read
    static AuthenticationTrust of(Map<String, String> data) throws CertificateException {
        return new AuthenticationTrust(
                certificates(data.getOrDefault(CLIENTS, "")),
                certificates(data.getOrDefault(PROXIES, "")),
                FrontProxyNames.of(data));
    }

    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        return pem.isEmpty() ? List.of() : Pem.certificates(pem);
    }

    /// This, then what another adds; without authorities that have ended.
    AuthenticationTrust and(AuthenticationTrust other, Instant now) {
        return new AuthenticationTrust(
                living(joined(clients, other.clients), now),
                living(joined(proxies, other.proxies), now),
                names.and(other.names));
    }

    private static Set<X509Certificate> joined(List<X509Certificate> first, List<X509Certificate> second) {
        Set<X509Certificate> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return all;
    }

    private static List<X509Certificate> living(Set<X509Certificate> certificates, Instant now) {
        Instant earliest = now.minus(SLACK);
        return certificates.stream()
                .filter(one -> one.getNotAfter().toInstant().isAfter(earliest))
                .toList();
    }

    /// The ConfigMap's data.
    Map<String, String> data() {
        Map<String, String> data = new TreeMap<>();
        if (!clients.isEmpty()) {
            data.put(CLIENTS, pem(clients));
        }
        if (proxies.isEmpty()) {
            return data;
        }
        data.put(PROXIES, pem(proxies));
        names.tell(data);
        return data;
    }

    private static String pem(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate one : certificates) {
            try {
                text.append(Pem.encode(one));
            } catch (CertificateException e) {
                throw new IllegalStateException("a certificate that was read cannot be written", e);
            }
        }
        return text.toString();
    }
}
