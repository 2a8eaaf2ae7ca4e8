package io.gantry.component.pki;

import io.gantry.component.Digests;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority that signs. Immutable, thread-safe.
///
/// @param identity its own certificate and key
public record CertificateAuthority(Identity identity) {
    /// Clocks of joining machines may be behind.
    private static final Duration BACKDATE = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 127;

    /// A new self-signed authority.
    public static CertificateAuthority create(String commonName, Duration life) {
        KeyPair keys = KeyPairs.ec();
        X500Name name = name(commonName, List.of());
        try {
            JcaX509v3CertificateBuilder builder = builder(name, name, keys.getPublic(), life);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            X509Certificate certificate = sign(builder, keys.getPrivate());
            return new CertificateAuthority(new Identity(certificate, keys.getPrivate()));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("making the authority " + commonName, e);
        }
    }

    /// A new key with a certificate of this authority.
    public Identity issue(CertificateProfile profile) {
        KeyPair keys = KeyPairs.ec();
        return new Identity(certify(keys.getPublic(), profile), keys.getPrivate());
    }

    /// A certificate for somebody else's key. The life ends with the authority's at the latest.
    public X509Certificate certify(PublicKey key, CertificateProfile profile) {
        try {
            JcaX509v3CertificateBuilder builder = builder(
                    new X500Name(
                            identity.certificate().getSubjectX500Principal().getName()),
                    name(profile.commonName(), profile.organizations()),
                    key,
                    capped(profile.life()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, usages(profile));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(identity.certificate().getPublicKey()));
            List<GeneralName> names = names(profile);
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return sign(builder, identity.key());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("signing a certificate for " + profile.commonName(), e);
        }
    }

    /// `sha256:HEX` of the public key: what `join` checks (as kubeadm's discovery-token-ca-cert-hash).
    public static String publicKeyHash(X509Certificate certificate) {
        byte[] digest = Digests.sha256(certificate.getPublicKey().getEncoded());
        return "sha256:" + HexFormat.of().formatHex(digest);
    }

    private Duration capped(Duration life) {
        Duration left = Duration.between(
                Instant.now(), identity.certificate().getNotAfter().toInstant());
        return life.compareTo(left) < 0 ? life : left;
    }

    private static ExtendedKeyUsage usages(CertificateProfile profile) {
        return new ExtendedKeyUsage(profile.usages().stream()
                .map(usage -> switch (usage) {
                    case CLIENT_AUTH -> KeyPurposeId.id_kp_clientAuth;
                    case SERVER_AUTH -> KeyPurposeId.id_kp_serverAuth;
                })
                .toArray(KeyPurposeId[]::new));
    }

    private static List<GeneralName> names(CertificateProfile profile) {
        List<GeneralName> names = new ArrayList<>();
        profile.dnsNames().forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
        profile.ipAddresses().forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip)));
        return names;
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Duration life) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, new SecureRandom()),
                Date.from(now.minus(BACKDATE)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
    }

    static X500Name name(String commonName, List<String> organizations) {
        X500NameBuilder builder = new X500NameBuilder(BCStyle.INSTANCE);
        organizations.forEach(organization -> builder.addRDN(BCStyle.O, organization));
        builder.addRDN(BCStyle.CN, commonName);
        return builder.build();
    }
}
