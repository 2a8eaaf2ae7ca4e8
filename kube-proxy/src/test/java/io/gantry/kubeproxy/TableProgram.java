package io.gantry.kubeproxy;

import io.gantry.kubeproxy.netlink.NftTables;
import java.io.IOException;

/// Prints whether its network namespace has a table of IPv4 with the name given.
final class TableProgram {
    private TableProgram() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(NftTables.exists(arguments[0]));
    }
}
