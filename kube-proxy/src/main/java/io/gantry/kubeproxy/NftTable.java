package io.gantry.kubeproxy;

import io.gantry.kubeproxy.rules.Ruleset;
import io.gantry.kubeproxy.rules.RulesetDiff;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kernel's table: knows what was last written and writes only differences, each in one transaction.
/// The first write replaces whatever a previous process left, in one transaction as well. One owner thread.
final class NftTable {
    private static final Logger LOG = LoggerFactory.getLogger(NftTable.class);
    /// The table of services.
    static final String SERVICES = "ip gantry";

    /// Tells of a table by its name whether the kernel has it.
    @FunctionalInterface
    interface Lookup {
        boolean exists(String name) throws IOException;
    }

    private final Command command;
    private final Lookup lookup;
    private final String name;
    private Optional<Ruleset> written = Optional.empty();

    /// @param lookup in the network namespace of `command`
    /// @param name family and name, e.g. `ip gantry`
    NftTable(Command command, Lookup lookup, String name) {
        this.command = command;
        this.lookup = lookup;
        this.name = name;
    }

    /// Brings the table to the wanted content; after a failure the next call replaces the whole table.
    ///
    /// @return whether anything was written
    /// @throws IOException with nft's words
    boolean apply(Ruleset wanted) throws IOException {
        String text = written.map(now -> RulesetDiff.change(name, now, wanted))
                .orElseGet(() -> RulesetDiff.rebuild(name, wanted));
        if (text.isEmpty()) {
            return false;
        }
        LOG.debug("nft transaction of {} characters", text.length());
        try {
            command.run(text, "nft", "-f", "-");
        } catch (IOException e) {
            written = Optional.empty();
            throw e;
        }
        written = Optional.of(wanted);
        return true;
    }

    /// Whether what was written is still in the kernel. Where it is not (another program flushed all rules), the next
    /// [#apply] writes all of it.
    boolean isIntact() throws IOException {
        if (written.isEmpty() || lookup.exists(name.substring(name.indexOf(' ') + 1))) {
            return true;
        }
        LOG.warn("somebody took away the table {}: it is written anew", name);
        written = Optional.empty();
        return false;
    }

    void remove() throws IOException {
        written = Optional.empty();
        command.run("add table " + name + "\ndelete table " + name + "\n", "nft", "-f", "-");
    }
}
