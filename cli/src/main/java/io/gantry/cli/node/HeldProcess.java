package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.ProcessHold;
import io.gantry.cli.supervisor.ProcessState;
import io.gantry.cli.supervisor.Supervisor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A process of a node that a signal holds ([ProcessHold]).
///
/// @param name as `status` has it
public record HeldProcess(String name, long pid) {
    /// Those of a node, by the supervisor's file: the supervisor may be held itself.
    ///
    /// @param prefix of their names, e.g. `vm-2/`
    public static List<HeldProcess> of(ClusterLayout layout, String prefix) {
        List<HeldProcess> held = new ArrayList<>();
        NodeStatus.supervisorPid(layout)
                .filter(ProcessHold::isHeld)
                .ifPresent(pid -> held.add(new HeldProcess(prefix + "supervisor", pid)));
        try {
            for (ProcessState state : Supervisor.alive(layout.supervisorState())) {
                if (ProcessHold.isHeld(state.pid())) {
                    held.add(new HeldProcess(prefix + state.name(), state.pid()));
                }
            }
        } catch (IOException e) {
            throw new CliException("cannot read " + layout.supervisorState() + ": " + e.getMessage(), e);
        }
        return held;
    }

    /// What somebody is to know who waits for them.
    static String words(List<HeldProcess> held) {
        String names = held.stream()
                .map(process -> process.name + " (process " + process.pid + ")")
                .collect(Collectors.joining(", "));
        String pids = held.stream().map(process -> Long.toString(process.pid)).collect(Collectors.joining(" "));
        return (held.size() == 1 ? "held by a signal (SIGSTOP): " : "held by signals (SIGSTOP): ") + names
                + ". What waits for " + (held.size() == 1 ? "it" : "them") + " waits in vain. Let "
                + (held.size() == 1 ? "it" : "them") + " go on with `kill -CONT " + pids + "`, then try again";
    }
}
