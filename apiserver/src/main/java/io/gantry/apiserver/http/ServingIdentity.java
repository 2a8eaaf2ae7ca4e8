package io.gantry.apiserver.http;

import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server shows to its clients.
///
/// @param chain the certificate, then its intermediates; not empty
/// @param names hosts it is for, `*` as the first label for any; empty for those that the certificate has
public record ServingIdentity(PrivateKey key, List<X509Certificate> chain, List<String> names) {
    private static final int DNS = 2;
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:[^,\\\\]|\\\\.)*)");
    private static final Pattern DOMAIN =
            Pattern.compile("\\*|(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

    public ServingIdentity {
        chain = List.copyOf(chain);
        names = List.copyOf(names);
    }

    /// Which identity of a list is for which host (upstream `server/dynamiccertificates/named_certificates.go`): names
    /// that were given before those of certificates, earlier ones before later ones.
    static Map<String, Integer> places(List<ServingIdentity> identities) {
        Map<String, Integer> given = new HashMap<>();
        Map<String, Integer> own = new HashMap<>();
        for (int i = 0; i < identities.size(); i++) {
            ServingIdentity identity = identities.get(i);
            for (String name : identity.names.isEmpty() ? names(identity.chain.getFirst()) : identity.names) {
                (identity.names.isEmpty() ? own : given).putIfAbsent(name.toLowerCase(Locale.ROOT), i);
            }
        }
        own.putAll(given);
        return own;
    }

    /// No addresses: a client names hosts alone.
    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        Matcher common =
                COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        if (common.find() && isDomain(common.group(1))) {
            names.add(common.group(1));
        }
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> one : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (one.get(0).equals(DNS)) {
                    names.add(one.get(1).toString());
                }
            }
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("the names of a certificate cannot be read", e);
        }
        return names;
    }

    private static boolean isDomain(String name) {
        return DOMAIN.matcher(name).matches() && !ADDRESS.matcher(name).matches();
    }
}
