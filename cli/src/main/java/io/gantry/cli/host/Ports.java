package io.gantry.cli.host;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;

/// Whether ports are free, and who has them.
public final class Ports {
    private static final long SECONDS = 5;

    private Ports() {}

    /// A port that will be bound.
    ///
    /// @param what e.g. `API server`
    /// @param flag how to choose another; empty where it is fixed
    public record Wanted(String host, int port, String what, String flag) {}

    /// @throws CliException naming each port that is taken, by whom, and what to do
    public static void check(List<Wanted> wanted) {
        List<String> taken = wanted.stream()
                .filter(port -> !isFree(port))
                .map(Ports::describe)
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

    private static String describe(Wanted wanted) {
        String filter = String.format(Locale.ROOT, "sport = :%d", wanted.port());
        Command.Result sockets = Command.run(SECONDS, List.of("ss", "-Hltnp", filter));
        String owner = sockets.ok() && sockets.output().contains("users:")
                ? " by " + sockets.output().replaceAll("(?s).*users:\\(\\(\"([^\"]*)\",pid=(\\d+).*", "$1 (pid $2)")
                : "";
        String advice = wanted.flag().isEmpty()
                ? "end that program"
                : "end that program, or choose another with " + wanted.flag();
        return "port " + wanted.port() + " of " + wanted.host() + ", which the " + wanted.what() + " needs, is taken"
                + owner + ": " + advice;
    }
}
