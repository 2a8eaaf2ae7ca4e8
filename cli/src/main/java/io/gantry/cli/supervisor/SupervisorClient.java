package io.gantry.cli.supervisor;

import io.gantry.cli.CliException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Speaks to a running supervisor.
public final class SupervisorClient {
    private final Path socket;

    public SupervisorClient(Path socket) {
        this.socket = socket;
    }

    /// The processes; empty when no supervisor answers.
    public Optional<List<ProcessState>> status() {
        return ask(SupervisorRequest.status());
    }

    /// Asks and waits for the answer; empty when no supervisor answers.
    public Optional<List<ProcessState>> ask(SupervisorRequest request) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            byte[] line = (SupervisorJson.request(request) + "\n").getBytes(StandardCharsets.UTF_8);
            Channels.newOutputStream(channel).write(line);
            String answer = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
            if (answer == null) {
                return Optional.empty();
            }
            return Optional.of(SupervisorJson.states(answer));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The same where a supervisor must be there.
    public List<ProcessState> must(SupervisorRequest request) {
        return ask(request)
                .orElseThrow(() -> new CliException("the supervisor does not answer on " + socket
                        + ": see logs/supervisor.log in the data directory"));
    }
}
