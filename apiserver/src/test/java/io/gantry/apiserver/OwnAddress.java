package io.gantry.apiserver;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// An address of this machine that is not loopback's, which EndpointSlices do not take.
public final class OwnAddress {
    private OwnAddress() {}

    /// Skips the test where there is none.
    public static String find() throws SocketException {
        Optional<InetAddress> found = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "this machine has no address but loopback's");
        return found.get().getHostAddress();
    }
}
