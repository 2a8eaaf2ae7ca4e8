package io.gantry.controllermanager.certificate;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.certificates.v1.certificatesigningrequest.CertificateSigningRequest;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.CertificateRequests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What to sign for a request.
sealed interface SigningPlan {
    /// Not ours, not approved, or done already.
    record Nothing() implements SigningPlan {}

    /// Sign this.
    record Sign(CertificateProfile profile) implements SigningPlan {}

    /// The request breaks its signer's rules.
    record Refuse(String message) implements SigningPlan {}

    Duration SHORTEST_LIFE = Duration.ofMinutes(10);

    /// Whether the request waits for one of our signers.
    static boolean isDue(CertificateSigningRequest csr) {
        return Requests.has(csr, "Approved")
                && !Requests.has(csr, "Denied")
                && !Requests.has(csr, "Failed")
                && !Requests.isIssued(csr)
                && List.of(Requests.CLIENT, Requests.KUBELET_CLIENT, Requests.KUBELET_SERVING, Requests.PROXY_CLIENT)
                        .contains(csr.spec().signerName());
    }

    /// @param longest the longest life that may be given
    static SigningPlan of(CertificateSigningRequest csr, CertificateRequests.Request request, Duration longest) {
        if (!isDue(csr)) {
            return new Nothing();
        }
        List<String> usages = csr.spec().usages();
        return switch (csr.spec().signerName()) {
            case Requests.KUBELET_CLIENT ->
                Requests.isKubeletClient(request, usages)
                        ? sign(csr, request, longest)
                        : new Refuse("not a request for a kubelet's client certificate");
            case Requests.KUBELET_SERVING ->
                Requests.isKubeletServing(request, usages)
                        ? sign(csr, request, longest)
                        : new Refuse("not a request for a kubelet's serving certificate");
            case Requests.PROXY_CLIENT ->
                Requests.isProxyClient(request, usages)
                        ? sign(csr, request, longest)
                        : new Refuse("not a request for kube-proxy's client certificate");
            default ->
                usages.contains("client auth") && !usages.contains("server auth")
                        ? sign(csr, request, longest)
                        : new Refuse("usages must be for client auth");
        };
    }

    private static SigningPlan sign(
            CertificateSigningRequest csr, CertificateRequests.Request request, Duration longest) {
        List<CertificateProfile.Usage> usages = new ArrayList<>();
        if (csr.spec().usages().contains("client auth")) {
            usages.add(CertificateProfile.Usage.CLIENT_AUTH);
        }
        if (csr.spec().usages().contains("server auth")) {
            usages.add(CertificateProfile.Usage.SERVER_AUTH);
        }
        return new Sign(new CertificateProfile(
                request.commonName(),
                request.organizations(),
                request.dnsNames(),
                request.ipAddresses(),
                usages,
                life(number(csr.spec().expirationSeconds()), longest)));
    }

    private static Duration life(int wantedSeconds, Duration longest) {
        Duration wanted = Duration.ofSeconds(wantedSeconds);
        if (wantedSeconds == 0 || wanted.compareTo(longest) > 0) {
            return longest;
        }
        return wanted.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : wanted;
    }
}
