package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.component.pki.Pem;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
record AuthenticationTrust(
        List<X509Certificate> clients,
        List<X509Certificate> proxies,
        List<String> allowedNames,
        List<String> usernameHeaders,
        List<String> uidHeaders,
        List<String> groupHeaders,
        List<String> extraPrefixes) {
    /// Clocks may differ by this when an authority ends.
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final String CLIENTS = "client-ca-file";
    private static final String PROXIES = "requestheader-client-ca-file";
    private static final String NAMES = "requestheader-allowed-names";
    private static final String USERNAMES = "requestheader-username-headers";
    private static final String UIDS = "requestheader-uid-headers";
    private static final String GROUPS = "requestheader-group-headers";
    private static final String EXTRAS = "requestheader-extra-headers-prefix";

    AuthenticationTrust {
        clients = List.copyOf(clients);
        proxies = List.copyOf(proxies);
        allowedNames = List.copyOf(allowedNames);
        usernameHeaders = List.copyOf(usernameHeaders);
        uidHeaders = List.copyOf(uidHeaders);
        groupHeaders = List.copyOf(groupHeaders);
        extraPrefixes = List.copyOf(extraPrefixes);
    }

    /// What the ConfigMap's data say.
    ///
    /// @throws CertificateException when certificates cannot be read
    /// @throws JacksonException when names cannot be read
    static AuthenticationTrust of(Map<String, String> data) throws CertificateException {
        return new AuthenticationTrust(
                certificates(data.getOrDefault(CLIENTS, "")),
                certificates(data.getOrDefault(PROXIES, "")),
                names(data, NAMES),
                names(data, USERNAMES),
                names(data, UIDS),
                names(data, GROUPS),
                names(data, EXTRAS));
    }

    private static List<X509Certificate> certificates(String pem) throws CertificateException {
        return pem.isEmpty() ? List.of() : Pem.certificates(pem);
    }

    private static List<String> names(Map<String, String> data, String key) {
        String json = data.getOrDefault(key, "");
        return json.isEmpty() ? List.of() : List.of(Json.MAPPER.readValue(json, String[].class));
    }

    /// This, then what another adds; without authorities that have ended.
    AuthenticationTrust and(AuthenticationTrust other, Instant now) {
        return new AuthenticationTrust(
                living(joined(clients, other.clients), now),
                living(joined(proxies, other.proxies), now),
                joined(allowedNames, other.allowedNames),
                joined(usernameHeaders, other.usernameHeaders),
                joined(uidHeaders, other.uidHeaders),
                joined(groupHeaders, other.groupHeaders),
                joined(extraPrefixes, other.extraPrefixes));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        Set<T> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return new ArrayList<>(all);
    }

    private static List<X509Certificate> living(List<X509Certificate> certificates, Instant now) {
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
        data.put(NAMES, Json.MAPPER.writeValueAsString(allowedNames));
        data.put(USERNAMES, Json.MAPPER.writeValueAsString(usernameHeaders));
        if (!uidHeaders.isEmpty()) {
            data.put(UIDS, Json.MAPPER.writeValueAsString(uidHeaders));
        }
        data.put(GROUPS, Json.MAPPER.writeValueAsString(groupHeaders));
        data.put(EXTRAS, Json.MAPPER.writeValueAsString(extraPrefixes));
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
