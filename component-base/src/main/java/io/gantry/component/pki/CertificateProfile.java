package io.gantry.component.pki;

import java.time.Duration;
import java.util.List;

/// What a certificate says and may be used for.
///
/// @param commonName the user or host
/// @param organizations groups of a client certificate
/// @param dnsNames and `ipAddresses` of a serving certificate
/// @param usages extended key usages
/// @param life how long it is valid
public record CertificateProfile(
        String commonName,
        List<String> organizations,
        List<String> dnsNames,
        List<String> ipAddresses,
        List<Usage> usages,
        Duration life) {
    public CertificateProfile {
        organizations = List.copyOf(organizations);
        dnsNames = List.copyOf(dnsNames);
        ipAddresses = List.copyOf(ipAddresses);
        usages = List.copyOf(usages);
    }

    /// Extended key usages.
    public enum Usage {
        CLIENT_AUTH,
        SERVER_AUTH
    }

    /// A client identity.
    public static CertificateProfile client(String user, List<String> groups, Duration life) {
        return new CertificateProfile(user, groups, List.of(), List.of(), List.of(Usage.CLIENT_AUTH), life);
    }

    /// A serving identity.
    public static CertificateProfile server(
            String commonName, List<String> dnsNames, List<String> ipAddresses, Duration life) {
        return new CertificateProfile(commonName, List.of(), dnsNames, ipAddresses, List.of(Usage.SERVER_AUTH), life);
    }
}
