package io.gantry.controllermanager.certificate;

import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.component.pki.CertificateRequests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// The rules for certificate requests of kubelets (upstream `pkg/apis/certificates/helpers.go`).
final class Requests {
    static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
    /// Signs kube-proxy's client certificate on machines that join (docs/decisions/0005-kube-proxy-identity.md).
    static final String PROXY_CLIENT = "gantry.io/kube-proxy-client";

    private static final String PROXY_USER = "system:kube-proxy";
    private static final String NODES = "system:nodes";
    private static final String NODE_PREFIX = "system:node:";

    private Requests() {}

    /// @throws IllegalArgumentException when the request cannot be read or its signature is wrong
    static CertificateRequests.Request parse(CertificateSigningRequest csr) {
        byte[] pem = Base64.getDecoder().decode(csr.spec().request());
        return CertificateRequests.parse(new String(pem, StandardCharsets.US_ASCII));
    }

    static boolean isKubeletClient(CertificateRequests.Request request, List<String> usages) {
        return isNode(request)
                && request.dnsNames().isEmpty()
                && request.ipAddresses().isEmpty()
                && isUsage(usages, "client auth");
    }

    static boolean isKubeletServing(CertificateRequests.Request request, List<String> usages) {
        return isNode(request)
                && !(request.dnsNames().isEmpty() && request.ipAddresses().isEmpty())
                && isUsage(usages, "server auth");
    }

    /// Exactly kube-proxy's user and nothing else, so that the signer opens nothing wider.
    static boolean isProxyClient(CertificateRequests.Request request, List<String> usages) {
        return request.commonName().equals(PROXY_USER)
                && request.organizations().isEmpty()
                && request.dnsNames().isEmpty()
                && request.ipAddresses().isEmpty()
                && isUsage(usages, "client auth");
    }

    private static boolean isNode(CertificateRequests.Request request) {
        return request.organizations().equals(List.of(NODES))
                && request.commonName().startsWith(NODE_PREFIX)
                && request.commonName().length() > NODE_PREFIX.length();
    }

    /// The node that a kubelet's common name is of.
    static String nodeName(CertificateRequests.Request request) {
        return request.commonName().substring(NODE_PREFIX.length());
    }

    private static boolean isUsage(List<String> usages, String purpose) {
        Set<String> given = Set.copyOf(usages);
        return given.equals(Set.of("digital signature", purpose))
                || given.equals(Set.of("digital signature", "key encipherment", purpose));
    }

    static boolean has(CertificateSigningRequest csr, String condition) {
        return csr.status().conditions().stream().anyMatch(c -> c.type().equals(condition));
    }

    static boolean isIssued(CertificateSigningRequest csr) {
        String certificate = csr.status().certificate();
        return certificate != null && !certificate.isEmpty();
    }
}
