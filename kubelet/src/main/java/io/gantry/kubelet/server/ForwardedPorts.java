package io.gantry.kubelet.server;

import java.util.ArrayList;
import java.util.List;

/// The ports that a port-forward over WebSocket names in its query: several parameters, each with one port or with
/// several between commas. SPDY names a port with each stream and none here.
final class ForwardedPorts {
    private static final int HIGHEST = 65535;

    private ForwardedPorts() {}

    /// @throws HttpFailure 400 in upstream's words for what is no port
    static List<Integer> of(List<String> parameters) throws HttpFailure {
        List<Integer> ports = new ArrayList<>();
        for (String parameter : parameters) {
            if (parameter.isEmpty()) {
                throw new HttpFailure(400, "query parameter \"port\" cannot be empty");
            }
            for (String text : parameter.split(",", -1)) {
                ports.add(port(text));
            }
        }
        return ports;
    }

    private static int port(String text) throws HttpFailure {
        int port = number(text);
        if (port < 0 || port > HIGHEST) {
            throw new HttpFailure(400, "unable to parse \"" + text + "\" as a port");
        }
        if (port == 0) {
            throw new HttpFailure(400, "port \"" + text + "\" must be > 0");
        }
        return port;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }
}
