package io.gantry.cli.node;

import io.gantry.cli.CliException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How a process of ours is started: a small heap, the serial collector (or, for a large heap that nobody may wait for,
/// one with short pauses), compact headers, and the AOT cache when it was made.
///
/// @param module whose jar is the class path (its manifest names the rest)
/// @param mainClass what to run
/// @param heapMegabytes the largest heap
/// @param fullCompiler whether the optimising compiler is worth its memory: for the API server only
/// @param shortPauses whether the collector works beside the program: the serial one stops it for a second in a heap of
///     a gigabyte, and collects old objects only when the largest heap is full
public record JavaCommand(
        String module, String mainClass, int heapMegabytes, boolean fullCompiler, boolean shortPauses) {
    public static final JavaCommand APISERVER =
            new JavaCommand("apiserver", "io.gantry.apiserver.ApiServerMain", apiServerHeapMegabytes(), true);
    public static final JavaCommand SCHEDULER =
            new JavaCommand("scheduler", "io.gantry.scheduler.SchedulerMain", 96, false);
    public static final JavaCommand CONTROLLER_MANAGER =
            new JavaCommand("controller-manager", "io.gantry.controllermanager.ControllerManagerMain", 128, false);
    public static final JavaCommand KUBELET = new JavaCommand("kubelet", "io.gantry.kubelet.KubeletMain", 128, false);
    public static final JavaCommand KUBE_PROXY =
            new JavaCommand("kube-proxy", "io.gantry.kubeproxy.KubeProxyMain", 64, false);
    public static final JavaCommand CLUSTER_DNS =
            new JavaCommand("cluster-dns", "io.gantry.clusterdns.ClusterDnsMain", 64, false);
    public static final JavaCommand INGRESS = new JavaCommand("ingress", "io.gantry.ingress.IngressMain", 64, false);
    public static final JavaCommand SIMULATED_NODES =
            new JavaCommand("kubelet", "io.gantry.kubelet.SimulatedNodesMain", 96, true);
    public static final JavaCommand SUPERVISOR =
            new JavaCommand("cli", "io.gantry.cli.supervisor.SupervisorMain", 24, false);

    /// The command line itself, for what must be asked within another network namespace.
    public static final JavaCommand COMMAND_LINE = new JavaCommand("cli", "io.gantry.cli.GantryMain", 64, false);

    public static final List<JavaCommand> ALL =
            List.of(APISERVER, SCHEDULER, CONTROLLER_MANAGER, KUBELET, KUBE_PROXY, CLUSTER_DNS, INGRESS, SUPERVISOR);

    private JavaCommand(String module, String mainClass, int heapMegabytes, boolean fullCompiler) {
        this(module, mainClass, heapMegabytes, fullCompiler, false);
    }

    /// From some 700 simulated nodes on. Beside faster code it brings the processor's own AES: without it TLS is a
    /// third of what a scheduler or controller manager costs a pod.
    private static final int LARGE_MEGABYTES = 32;

    static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    /// glibc keeps an arena a thread otherwise, which costs tens of megabytes.
    public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    /// Event loops carry virtual threads ([io.gantry.component.VirtualThreads]).
    public static final String CARRIERS_OF_OUR_OWN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /// How often glibc gives back what the compilers and the start left behind, milliseconds.
    private static final int TRIM_NATIVE_HEAP_MILLIS = 30_000;

    /// New objects between two collections, where collections shall be short: each has a cost of its own, and what a
    /// request needs has gone by the next one. Left to itself the collector takes a twentieth of the heap, which is
    /// five collections a second under load. The heap begins with room for them and for what is left of them: one
    /// that begins small has old objects looked through again and again while it grows.
    private static final int YOUNG_MEGABYTES = 96;

    private static final int LARGEST_YOUNG_MEGABYTES = 256;
    private static final int SHORT_PAUSES_MEGABYTES = 256;

    private int initialMegabytes() {
        if (shortPauses) {
            return SHORT_PAUSES_MEGABYTES;
        }
        return fullCompiler ? 20 : 10;
    }

    /// A sixteenth of the machine's memory, 512 MB to 2 GB: the objects are in memory, and a small
    /// cluster takes none of it.
    private static int apiServerHeapMegabytes() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            long kilobytes = lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
            return (int) Math.clamp((kilobytes >> 10) / 16, 512, 2048);
        } catch (java.io.IOException e) {
            throw new CliException("cannot read /proc/meminfo: " + e.getMessage(), e);
        }
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
        return Boolean.getBoolean("gantry.training");
    }

    /// The same with a larger heap; for one that is much larger the optimising compiler is worth its memory too.
    public JavaCommand withMoreHeap(int megabytes) {
        return new JavaCommand(
                module,
                mainClass,
                heapMegabytes + megabytes,
                fullCompiler || megabytes >= LARGE_MEGABYTES,
                shortPauses);
    }

    /// The same with a collector that works beside the program, and grows the heap only when it would take more than a
    /// fifth of the time.
    public JavaCommand withShortPauses() {
        return new JavaCommand(module, mainClass, heapMegabytes, fullCompiler, true);
    }

    private List<String> collector() {
        return shortPauses
                ? List.of(
                        "-XX:+UseG1GC",
                        "-XX:NewSize=" + YOUNG_MEGABYTES + "m",
                        "-XX:MaxNewSize=" + LARGEST_YOUNG_MEGABYTES + "m",
                        "-XX:GCTimeRatio=4",
                        "-XX:MaxGCPauseMillis=50",
                        "-XX:+ExplicitGCInvokesConcurrent",
                        "-Dgantry.returnHeap=true")
                : List.of("-XX:+UseSerialGC", "-XX:NewSize=" + (fullCompiler ? 8 : 2) + "m");
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
        List<String> options = new ArrayList<>(List.of(
                "-Xms" + initialMegabytes() + "m",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseCompactObjectHeaders",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "-Xss512k",
                "-XX:ReservedCodeCacheSize=" + (fullCompiler ? 64 : 32) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:TrimNativeHeapInterval=" + TRIM_NATIVE_HEAP_MILLIS,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Dio.netty.jfr.enabled=false",
                "-Dslf4j.provider=io.gantry.component.LoggingProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        options.addAll(collector());
        if (module.equals(APISERVER.module)) {
            options.add(CARRIERS_OF_OUR_OWN);
        }
        Path natives = libraries().resolveSibling("native");
        if (Files.isDirectory(natives)) {
            options.add("-Djava.library.path=" + natives);
        }
        if (training()) {
            options.add("-XX:AOTCacheOutput=" + aotCache());
        }
        if (!fullCompiler) {
            options.add(FIRST_COMPILER_ALONE);
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
        } catch (java.io.IOException e) {
            throw new CliException("cannot list " + libraries() + ": " + e.getMessage(), e);
        }
    }
}
