package io.gantry.e2e.cluster;

import io.gantry.e2e.machine.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Image archives for tests, built once a run from Debian's packages.
public final class TestImages {
    private static final Path FOLDER = Host.project().resolve("e2e/target/images");

    private TestImages() {}

    public static synchronized Path nginx() {
        return build("nginx-light", TestCluster.NGINX);
    }

    public static synchronized Path busybox() {
        return build("busybox-static", TestCluster.BUSYBOX);
    }

    /// Perl without more, for servers and clients of TCP and UDP.
    public static synchronized Path perl() {
        return build("perl-base", TestCluster.PERL);
    }

    private static Path build(String packageName, String reference) {
        Path archive = FOLDER.resolve(packageName + ".tar");
        if (!Files.exists(archive)) {
            try {
                Files.createDirectories(FOLDER);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            List<String> command = List.of(
                    Host.project().resolve("gantry").toString(),
                    "image",
                    "build-from-debian",
                    packageName,
                    "--name",
                    reference,
                    "--output",
                    archive.toString());
            Host.run(Duration.ofMinutes(10), Map.of(), "", command).ok(command);
        }
        return archive;
    }
}
