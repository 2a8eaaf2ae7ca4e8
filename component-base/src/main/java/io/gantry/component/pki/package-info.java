/// Keys, certificates and certificate requests. PEM reading and TLS contexts use the JDK only; what makes certificates
/// uses BouncyCastle, which is loaded only then.
@org.jspecify.annotations.NullMarked
package io.gantry.component.pki;
