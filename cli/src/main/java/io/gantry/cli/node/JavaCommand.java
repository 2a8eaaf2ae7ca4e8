package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.component.JvmLayout;
import io.gantry.component.UsualHeap;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How a process of ours is started: a small heap, the serial collector (or, for a large heap that nobody may wait for,
/// one with short pauses), compact headers, and the AOT cache when it was made.
///
/// @param module whose jar is the class path (its manifest names the rest)
/// @param mainClass what to run
/// @param heapMegabytes up to which the heap may grow before old objects are looked at
/// @param mostMegabytes the largest heap
/// @param layout how its virtual machine is laid out
public record JavaCommand(String module, String mainClass, int heapMegabytes, int mostMegabytes, JvmLayout layout) {
    public static final JavaCommand APISERVER = new JavaCommand(
            "apiserver", "io.gantry.apiserver.ApiServerMain", JvmLayout.apiServerHeapMegabytes(), JvmLayout.SERVER);
    public static final JavaCommand SCHEDULER =
            new JavaCommand("scheduler", "io.gantry.scheduler.SchedulerMain", 96, JvmLayout.SMALL);
    public static final JavaCommand CONTROLLER_MANAGER = new JavaCommand(
            "controller-manager", "io.gantry.controllermanager.ControllerManagerMain", 128, JvmLayout.SMALL);
    public static final JavaCommand KUBELET =
            new JavaCommand("kubelet", "io.gantry.kubelet.KubeletMain", 128, JvmLayout.SMALL);
    public static final JavaCommand KUBE_PROXY =
            new JavaCommand("kube-proxy", "io.gantry.kubeproxy.KubeProxyMain", 64, JvmLayout.SMALL);
    public static final JavaCommand CLUSTER_DNS =
            new JavaCommand("cluster-dns", "io.gantry.clusterdns.ClusterDnsMain", 64, JvmLayout.SMALL);
    public static final JavaCommand INGRESS =
            new JavaCommand("ingress", "io.gantry.ingress.IngressMain", 64, JvmLayout.SERVER);
    public static final JavaCommand SIMULATED_NODES =
            new JavaCommand("kubelet", "io.gantry.kubelet.SimulatedNodesMain", 96, JvmLayout.SERVER);
    public static final JavaCommand SUPERVISOR =
            new JavaCommand("cli", "io.gantry.cli.supervisor.SupervisorMain", 24, JvmLayout.SMALL);

    /// The command line itself, for what must be asked within another network namespace.
    public static final JavaCommand COMMAND_LINE =
            new JavaCommand("cli", "io.gantry.cli.GantryMain", 64, JvmLayout.SMALL);

    public static final List<JavaCommand> ALL =
            List.of(APISERVER, SCHEDULER, CONTROLLER_MANAGER, KUBELET, KUBE_PROXY, CLUSTER_DNS, INGRESS, SUPERVISOR);

    /// The system property under which caches are made.
    static final String TRAINING = "gantry.training";

    /// From some 700 simulated nodes on.
    private static final int LARGE_MEGABYTES = 32;

    private JavaCommand(String module, String mainClass, int heapMegabytes, JvmLayout layout) {
        this(module, mainClass, heapMegabytes, heapMegabytes, layout);
    }

    /// The folder with all jars: where this class was loaded from.
    public static Path libraries() {
        try {
            Path jar = Path.of(JavaCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(jar.getParent());
        } catch (URISyntaxException e) {
            throw new CliException("cannot find Gantry's own jars", e);
        }
    }

    /// The AOT cache of the process, whether or not it was made.
    public Path aotCache() {
        return libraries().resolveSibling("aot").resolve(mainClass + ".aot");
    }

    /// While caches are made, none is used, and each process writes its own when it ends.
    private static boolean training() {
        return Boolean.getBoolean(TRAINING);
    }

    /// The same with a larger heap; for one that is much larger the second compiler is worth its memory too.
    ///
    /// @param megabytes as many as it needs usually
    /// @param most what it may take in the end
    public JavaCommand withMoreHeap(int megabytes, int most) {
        return new JavaCommand(
                module,
                mainClass,
                heapMegabytes + megabytes,
                heapMegabytes + Math.max(megabytes, most),
                megabytes < LARGE_MEGABYTES ? layout : JvmLayout.LARGE);
    }

    /// The same with a collector that works beside the program.
    public JavaCommand withShortPauses() {
        return new JavaCommand(module, mainClass, heapMegabytes, mostMegabytes, JvmLayout.SHORT_PAUSES);
    }

    /// The whole command line.
    public List<String> with(List<String> arguments) {
        return with(List.of(), arguments);
    }

    /// The command line with further options of the virtual machine.
    public List<String> with(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(virtualMachine());
        command.addAll(options);
        command.add("-cp");
        command.add(jar().toString());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private List<String> virtualMachine() {
        List<String> options = layout.options(mostMegabytes);
        if (mostMegabytes > heapMegabytes) {
            options.add(UsualHeap.option(heapMegabytes));
        }
        if (module.equals(APISERVER.module)) {
            options.add(JvmLayout.CARRIERS_OF_OUR_OWN);
        }
        Path natives = libraries().resolveSibling("native");
        if (Files.isDirectory(natives)) {
            options.add("-Djava.library.path=" + natives);
        }
        if (training()) {
            options.add("-XX:AOTCacheOutput=" + aotCache());
        }
        if (!training() && Files.exists(aotCache())) {
            options.add("-XX:AOTCache=" + aotCache());
            options.add("-Xlog:aot=off,cds=off");
        }
        return options;
    }

    /// The module's jar; its name carries the version.
    private Path jar() {
        try (var files = Files.list(libraries())) {
            return files.filter(file -> file.getFileName().toString().matches(module + "-\\d.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new CliException(
                            "there is no jar of " + module + " in " + libraries() + ": build with `gantry build`"));
        } catch (IOException e) {
            throw new CliException("cannot list " + libraries() + ": " + e.getMessage(), e);
        }
    }
}
