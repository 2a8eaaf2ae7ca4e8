package io.gantry.kubelet.probe;

import io.gantry.api.schema.GoDurations;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ExecOutcome;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A command that must end with 0.
record ExecProbe(ContainerRuntime runtime, String containerId, List<String> command, Duration timeout)
        implements Check {
    private static final int MAX_OUTPUT = 10 * 1024;

    @Override
    public Outcome run() {
        try {
            ExecOutcome outcome = runtime.exec(containerId, command, timeout);
            String output = outcome.output();
            return outcome.exitCode() == 0
                    ? Outcome.SUCCESS
                    : Outcome.failure(output.length() > MAX_OUTPUT ? output.substring(0, MAX_OUTPUT) : output);
        } catch (RuntimeFailure failure) {
            if (failure.code() == RuntimeFailure.Code.TIMEOUT) {
                String shown = command.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(" "));
                return Outcome.failure("command timed out: " + shown + " timed out after " + GoDurations.text(timeout));
            }
            throw failure;
        }
    }
}
