package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.dashboard.Dashboard;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gantry dashboard`: serves until it is interrupted.
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = "Serves a web dashboard of the cluster on 127.0.0.1, until it is interrupted.")
public final class DashboardCommand implements Callable<Integer> {
    @Mixin
    private KubeconfigOption cluster = new KubeconfigOption();

    @Option(names = "--port", defaultValue = "0", description = "Port on 127.0.0.1 (default: any that is free).")
    private int port;

    @Option(names = "--open", description = "Open it in the browser (with xdg-open).")
    private boolean open;

    @Override
    public Integer call() throws InterruptedException {
        try (Dashboard dashboard = Dashboard.start(cluster.load(), port)) {
            System.out.println(
                    "The dashboard is served until you press Ctrl-C. Open, in a browser of this machine:\n\n    "
                            + dashboard.url() + "\n\nThe address lets in whoever has it: keep it to yourself.");
            if (open) {
                openBrowser(dashboard.url());
            }
            dashboard.await();
        } catch (IOException e) {
            throw new CliException("the dashboard cannot be served: " + e.getMessage(), e);
        }
        return 0;
    }

    private static void openBrowser(String url) {
        try {
            new ProcessBuilder("xdg-open", url)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            System.err.println("gantry: no browser was opened: " + e.getMessage());
        }
    }
}
