package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import java.net.InetAddress;

/// Addresses that traffic may be sent to (upstream `ValidateEndpointIP`).
public final class EndpointAddresses {
    private EndpointAddresses() {}

    /// Refuses unspecified, loopback and link-local addresses; says nothing of texts that are no address.
    public static void notSpecial(String ip, String path, FieldErrors errors) {
        if (!References.isIp(ip)) {
            return;
        }
        InetAddress address = InetAddress.ofLiteral(ip);
        if (address.isAnyLocalAddress()) {
            errors.invalid(path, ip, "may not be unspecified (" + ip + ")");
        }
        if (address.isLoopbackAddress()) {
            errors.invalid(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocalAddress()) {
            errors.invalid(path, ip, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (address.isMulticastAddress() && isLinkLocalMulticast(address)) {
            errors.invalid(path, ip, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    private static boolean isLinkLocalMulticast(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? bytes[1] == 0 && bytes[2] == 0 : address.isMCLinkLocal();
    }
}
