package io.gantry.apiserver.authn;

import io.gantry.apiserver.http.Headers;
import io.gantry.component.pki.TlsContexts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.X509TrustManager;

/// Users whom an authenticating proxy names in header fields (upstream's `--requestheader-…` flags). Nobody is believed
/// who does not show a certificate of the proxies' own authority. Thread-safe.
public final class FrontProxyUsers {
    /// What the proxies call their fields; the first user name and UID count, all groups.
    ///
    /// @param extraPrefixes what the names of further facts begin with
    public record Fields(List<String> names, List<String> uids, List<String> groups, List<String> extraPrefixes) {
        public Fields {
            names = lower(names);
            uids = lower(uids);
            groups = lower(groups);
            extraPrefixes = lower(extraPrefixes);
        }

        private static List<String> lower(List<String> names) {
            return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        }
    }

    /// Of whom a certificate is.
    private enum Holder {
        STRANGER,
        PROXY,
        /// Signed for a proxy whose name is not allowed.
        OTHER_PROXY
    }

    /// @param holders by the connection's own array, whose identity is its key
    private record Trust(X509TrustManager authority, boolean shared, Map<X509Certificate[], Holder> holders) {
        static Trust of(List<X509Certificate> authorities, List<X509Certificate> clients)
                throws GeneralSecurityException {
            return new Trust(
                    (X509TrustManager) TlsContexts.trustManagers(authorities)[0],
                    authorities.stream().anyMatch(clients::contains),
                    Collections.synchronizedMap(new WeakHashMap<>()));
        }
    }

    private final List<String> allowedNames;
    private final Fields fields;
    private volatile Trust trust;

    /// @param authorities of proxies
    /// @param clients of clients: where one is in both, its certificates may also name users themselves
    /// @param allowedNames common names of proxies; empty for every one
    public FrontProxyUsers(
            List<X509Certificate> authorities, List<X509Certificate> clients, List<String> allowedNames, Fields fields)
            throws GeneralSecurityException {
        this.trust = Trust.of(authorities, clients);
        this.allowedNames = List.copyOf(allowedNames);
        this.fields = fields;
    }

    /// Believes proxies of other authorities from now on.
    public void replace(List<X509Certificate> authorities, List<X509Certificate> clients)
            throws GeneralSecurityException {
        trust = Trust.of(authorities, clients);
    }

    /// The user that the holder of a certificate speaks for; empty when it is no proxy or names nobody.
    Optional<UserInfo> user(Headers headers, X509Certificate[] chain) {
        if (holder(chain) != Holder.PROXY) {
            return Optional.empty();
        }
        String name = first(headers, fields.names);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        List<String> groups = new ArrayList<>();
        fields.groups.forEach(field -> groups.addAll(headers.all(field)));
        return Optional.of(new UserInfo(name, first(headers, fields.uids), groups, extra(headers)));
    }

    /// Whether a certificate names a user itself: not when it is a proxy's only.
    boolean namesItself(X509Certificate[] chain) {
        return trust.shared() || holder(chain) == Holder.STRANGER;
    }

    private Holder holder(X509Certificate[] chain) {
        Trust now = trust;
        return now.holders().computeIfAbsent(chain, shown -> look(now, shown));
    }

    private Holder look(Trust now, X509Certificate[] chain) {
        try {
            now.authority().checkClientTrusted(chain, "UNKNOWN");
        } catch (CertificateException e) {
            return Holder.STRANGER;
        }
        return allowedNames.isEmpty() || allowedNames.contains(commonName(chain[0]))
                ? Holder.PROXY
                : Holder.OTHER_PROXY;
    }

    private static String commonName(X509Certificate certificate) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return "";
        } catch (InvalidNameException e) {
            return "";
        }
    }

    private static String first(Headers headers, List<String> names) {
        return names.stream()
                .map(name -> headers.first(name).orElse(""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    private Map<String, List<String>> extra(Headers headers) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            for (String prefix : fields.extraPrefixes) {
                if (name.startsWith(prefix) && name.length() > prefix.length()) {
                    extra.computeIfAbsent(decoded(name.substring(prefix.length())), key -> new ArrayList<>())
                            .add(value);
                }
            }
        });
        extra.replaceAll((key, values) -> List.copyOf(values));
        return extra;
    }

    /// Keys are percent-encoded where a field's name could not hold them.
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
