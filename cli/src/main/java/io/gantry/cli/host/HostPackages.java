package io.gantry.cli.host;

import io.gantry.cli.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The programs of the host that a node needs, and Debian's packages that have them.
public final class HostPackages {
    private static final long INSTALL_SECONDS = 600;
    private static final List<String> PATH =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private static final String ETCD = "etcd-server";

    /// Program or file → package.
    private static final Map<String, String> NEEDED = needed();

    private HostPackages() {}

    private static Map<String, String> needed() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("containerd", "containerd");
        needed.put("ctr", "containerd");
        needed.put("runc", "runc");
        needed.put("nft", "nftables");
        needed.put("ip", "iproute2");
        needed.put("catatonit", "catatonit");
        needed.put("/usr/lib/cni/bridge", "containernetworking-plugins");
        return needed;
    }

    /// Packages of which something is missing.
    ///
    /// @param etcd whether etcd is needed too
    public static List<String> missing(boolean etcd) {
        Map<String, String> needed = new LinkedHashMap<>(NEEDED);
        if (etcd) {
            needed.put("etcd", ETCD);
        }
        return needed.entrySet().stream()
                .filter(entry -> find(entry.getKey()).isEmpty())
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    /// Installs packages with apt.
    ///
    /// @throws CliException with apt's own words and what to do
    public static void install(List<String> packages) {
        if (!packages.contains(ETCD)) {
            apt(packages);
            return;
        }
        // Debian starts an etcd of its own after the installation, on the port that ours is to have.
        try (ServiceStarts forbidden = ServiceStarts.forbid()) {
            apt(packages);
        }
    }

    private static void apt(List<String> packages) {
        if (find("apt-get").isEmpty()) {
            throw new CliException("this host lacks " + String.join(", ", packages)
                    + " and has no apt-get: install them with its own package manager, then run `gantry up` again");
        }
        Map<String, String> quiet = Map.of("DEBIAN_FRONTEND", "noninteractive");
        List<String> install = new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
        install.addAll(packages);
        Command.Result first = Command.run(INSTALL_SECONDS, install, quiet);
        if (first.ok()) {
            return;
        }
        Command.run(INSTALL_SECONDS, List.of("apt-get", "update"), quiet);
        Command.Result second = Command.run(INSTALL_SECONDS, install, quiet);
        if (!second.ok()) {
            throw new CliException("cannot install " + String.join(", ", packages) + ":\n"
                    + second.output().strip() + "\nInstall them by hand, then run `gantry up` again.");
        }
    }

    /// The path of a program, or of a file given by its absolute path.
    public static Optional<Path> find(String program) {
        if (program.startsWith("/")) {
            Path file = Path.of(program);
            return Files.exists(file) ? Optional.of(file) : Optional.empty();
        }
        return PATH.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
