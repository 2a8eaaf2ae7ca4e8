package io.gantry.cli.command;

import io.gantry.cli.host.HostPackages;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Installs the host packages that a node needs, so that the first `up` can make the AOT caches before it starts.
@Command(name = "install-packages", hidden = true, description = "Installs the host packages that a node needs.")
public final class InstallPackagesCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        List<String> missing = HostPackages.missing(false);
        if (!missing.isEmpty()) {
            System.out.println("Gantry: installing " + String.join(", ", missing));
            HostPackages.install(missing);
        }
        return 0;
    }
}
