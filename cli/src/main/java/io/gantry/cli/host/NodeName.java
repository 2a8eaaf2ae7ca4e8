package io.gantry.cli.host;

import io.gantry.cli.CliException;
import io.gantry.component.HostName;
import java.io.IOException;

/// The name of this machine's Node.
public final class NodeName {
    private static final int MAX_LENGTH = 63;

    private NodeName() {}

    /// The machine's name in lower case.
    public static String detect() {
        try {
            return HostName.ofNode();
        } catch (IOException e) {
            throw new CliException("cannot read this machine's name; say --node-name", e);
        }
    }

    /// Checks a Node's name.
    public static String valid(String name) {
        if (name.length() > MAX_LENGTH
                || !name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")) {
            throw new CliException(
                    "\"" + name + "\" cannot be a node's name (lower case letters, digits, '-' and '.', at most "
                            + MAX_LENGTH + "): say another with --node-name");
        }
        return name;
    }
}
