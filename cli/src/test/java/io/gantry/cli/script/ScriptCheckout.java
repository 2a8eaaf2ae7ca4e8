package io.gantry.cli.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder with the script `gantry` and what it reads, and with a Maven and a JDK that do nothing but note that
/// they ran and wait at a [Gate] where there is one. Ends what it started when it is closed.
final class ScriptCheckout implements AutoCloseable {
    private static final String MAVEN = """
            #!/bin/bash
            echo built >>builds
            mkdir -p cli/target/dist/lib cli/target/dist/aot
            touch cli/target/dist/lib/{cli,picocli}-1.jar cli/target/dist/aot/made
            [ ! -p mvn.gate ] || cat mvn.gate
            [ ! -e leave ] || { sleep 300 >/dev/null & echo $! >>left; }
            ! rm broken 2>/dev/null
            """;

    private static final String JAVA = """
            #!/bin/bash
            cd "$(dirname "$0")/../.."
            case "$*" in *io.gantry.cli.GantryMain*)
              touch runs
              [ ! -p java.gate ] || cat java.gate ;;
            esac
            """;

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    ScriptCheckout(Path folder) throws IOException {
        this.folder = folder;
        executable("gantry", Files.readString(Path.of("../gantry")));
        executable("scripts/identity", Files.readString(Path.of("../scripts/identity")));
        executable("bin/mvn", MAVEN);
        executable("jdk/bin/java", JAVA);
        executable("jdk/bin/javac", "");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        Files.writeString(folder.resolve("scripts/cli-options"), "-Xmx128m\n");
    }

    private void executable(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Starts `./gantry COMMAND`.
    Process gantry(String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("./gantry", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("output").toFile()));
        builder.environment().put("GANTRY_JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /// @param tool `mvn` or `java`
    Gate gate(String tool) throws IOException, InterruptedException {
        return Gate.at(folder.resolve(tool + ".gate"));
    }

    void breakTheNextBuild() throws IOException {
        Files.createFile(folder.resolve("broken"));
    }

    /// Builds start a process that lives on, as a Maven with a daemon does.
    void leaveAProcessBehind() throws IOException {
        Files.createFile(folder.resolve("leave"));
    }

    int builds() throws IOException {
        return lines("builds").size();
    }

    boolean commandRuns() {
        return Files.exists(folder.resolve("runs"));
    }

    static boolean waitsForTheLock(Process command) {
        return command.descendants()
                .anyMatch(child -> child.info().command().orElse("").endsWith("/flock"));
    }

    private List<String> lines(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    @Override
    public void close() throws IOException {
        Stream<ProcessHandle> left =
                lines("left").stream().map(Long::valueOf).flatMap(pid -> ProcessHandle.of(pid).stream());
        Stream<ProcessHandle> ours = started.stream().map(Process::toHandle);
        Stream.concat(left, ours.flatMap(process -> Stream.concat(process.descendants(), Stream.of(process))))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
