/// Certificates from Secrets, chosen by the name that a client asks for.
package io.gantry.ingress.tls;
