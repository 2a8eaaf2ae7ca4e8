package io.gantry.cli.host;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether ports are free, and who has them.
public final class Ports {
    private static final long SECONDS = 5;
    private static final Pattern OWNER = Pattern.compile("users:\\(\\(\"([^\"]*)\",pid=(\\d+)");

    private Ports() {}

    /// A port that will be bound.
    ///
    /// @param what e.g. `API server`
    /// @param flag how to choose another; empty where it is fixed
    public record Wanted(String host, int port, String what, String flag) {}

    /// @param own processes that may have them: those that the cluster goes on with
    /// @throws CliException naming each port that is taken, by whom, and what to do
    public static void check(List<Wanted> wanted, Set<Long> own) {
        List<String> taken = wanted.stream()
                .filter(port -> !isFree(port))
                .map(port -> new Taken(port, owner(port)))
                .filter(port ->
                        port.owner().filter(by -> own.contains(by.pid())).isEmpty())
                .map(Taken::describe)
                .toList();
        if (!taken.isEmpty()) {
            throw new CliException(String.join("\n", taken));
        }
    }

    private static boolean isFree(Wanted wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(wanted.host(), wanted.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Owner> owner(Wanted wanted) {
        String filter = String.format(Locale.ROOT, "sport = :%d", wanted.port());
        Command.Result sockets = Command.run(SECONDS, List.of("ss", "-Hltnp", filter));
        Matcher owner = OWNER.matcher(sockets.ok() ? sockets.output() : "");
        return owner.find() ? Optional.of(new Owner(owner.group(1), Long.parseLong(owner.group(2)))) : Optional.empty();
    }

    private record Owner(String name, long pid) {}

    private record Taken(Wanted port, Optional<Owner> owner) {
        String describe() {
            String by = owner.map(known -> " by " + known.name() + " (pid " + known.pid() + ")")
                    .orElse("");
            String advice = port.flag().isEmpty()
                    ? "end that program"
                    : "end that program, or choose another with " + port.flag();
            return "port " + port.port() + " of " + port.host() + ", which the " + port.what() + " needs, is taken" + by
                    + ": " + advice;
        }
    }
}
