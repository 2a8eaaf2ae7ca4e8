package io.gantry.component.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Certificate requests (PKCS#10): made by kubelets, read by approvers and signers.
public final class CertificateRequests {
    private CertificateRequests() {}

    /// What a request asks for; its own signature has been checked.
    public record Request(
            String commonName,
            List<String> organizations,
            List<String> dnsNames,
            List<String> ipAddresses,
            PublicKey publicKey) {
        public Request {
            organizations = List.copyOf(organizations);
            dnsNames = List.copyOf(dnsNames);
            ipAddresses = List.copyOf(ipAddresses);
        }
    }

    /// A signed request as PEM.
    public static String create(
            KeyPair keys,
            String commonName,
            List<String> organizations,
            List<String> dnsNames,
            List<String> ipAddresses) {
        try {
            var builder = new JcaPKCS10CertificationRequestBuilder(
                    CertificateAuthority.name(commonName, organizations), keys.getPublic());
            List<GeneralName> names = new ArrayList<>();
            dnsNames.forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
            ipAddresses.forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip)));
            if (!names.isEmpty()) {
                ExtensionsGenerator extensions = new ExtensionsGenerator();
                extensions.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            }
            String algorithm = keys.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            var request = builder.build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()));
            return Pem.encode("CERTIFICATE REQUEST", request.getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("making a certificate request for " + commonName, e);
        }
    }

    /// Reads a request and checks its signature.
    ///
    /// @throws IllegalArgumentException when it is none or the signature is wrong
    public static Request parse(String pem) {
        byte[] der = Pem.blocks(pem).stream()
                .filter(block -> block.type().endsWith("CERTIFICATE REQUEST"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("PEM block type must be CERTIFICATE REQUEST"))
                .der();
        try {
            var request = new JcaPKCS10CertificationRequest(der);
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey()))) {
                throw new IllegalArgumentException("the request's signature is wrong");
            }
            return read(request);
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new IllegalArgumentException("not a certificate request: " + e.getMessage(), e);
        }
    }

    private static Request read(JcaPKCS10CertificationRequest request) throws GeneralSecurityException {
        X500Name subject = request.getSubject();
        List<String> dnsNames = new ArrayList<>();
        List<String> ipAddresses = new ArrayList<>();
        Extensions extensions = request.getRequestedExtensions();
        GeneralNames names =
                extensions == null ? null : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        if (names != null) {
            for (GeneralName name : names.getNames()) {
                switch (name.getTagNo()) {
                    case GeneralName.dNSName -> dnsNames.add(name.getName().toString());
                    case GeneralName.iPAddress -> ipAddresses.add(address(name));
                    default -> throw new IllegalArgumentException("only DNS and IP subjectAltNames are allowed");
                }
            }
        }
        List<String> common = values(subject.getRDNs(BCStyle.CN));
        return new Request(
                common.isEmpty() ? "" : common.getFirst(),
                values(subject.getRDNs(BCStyle.O)),
                dnsNames,
                ipAddresses,
                request.getPublicKey());
    }

    private static String address(GeneralName name) {
        try {
            byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP subjectAltName of the wrong length", e);
        }
    }

    private static List<String> values(RDN[] names) {
        return Arrays.stream(names)
                .map(name -> IETFUtils.valueToString(name.getFirst().getValue()))
                .toList();
    }
}
