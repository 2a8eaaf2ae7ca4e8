package io.gantry.cli.command;

import io.gantry.api.Json;
import io.gantry.cli.CliException;
import io.gantry.cli.compose.ComposeApplication;
import io.gantry.cli.compose.ComposeFile;
import io.gantry.cli.compose.ComposePlan;
import io.gantry.cli.compose.ComposeReader;
import io.gantry.cli.node.Await;
import io.gantry.client.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `gantry compose …`: a Compose file as an application of the cluster.
@Command(
        name = "compose",
        mixinStandardHelpOptions = true,
        description = "Runs a Compose file as a cluster application.",
        subcommands = {ComposeCommand.Up.class, ComposeCommand.Down.class, ComposeCommand.Convert.class})
public final class ComposeCommand {
    private static final String COMPONENT = "gantry-compose";

    /// The file and whose application it is.
    public static final class Source {
        @Parameters(paramLabel = "FILE", description = "The Compose file.")
        private Path file = Path.of("");

        @Option(
                names = {"-p", "--project-name"},
                description = "Name of the application (default: the file's `name`, or its folder's).")
        private @Nullable String project;

        @Option(
                names = {"-n", "--namespace"},
                description = "Namespace (default: the application's name; it is made when it is not there).")
        private @Nullable String namespace;

        @Option(names = "--profile", description = "Run the services of this profile too.")
        private List<String> profiles = new ArrayList<>();

        ComposeFile read() {
            ComposeFile read = ComposeReader.read(file, project, System.getenv(), Set.copyOf(profiles));
            read.warnings().forEach(warning -> System.err.println("gantry: " + warning));
            read.services().stream()
                    .filter(service -> service.image().isEmpty())
                    .forEach(service -> System.err.println("gantry: services." + service.name() + ".build: build "
                            + service.build().orElse("it") + " with your own tool as " + read.project() + "-"
                            + service.name() + ":latest, and put it on the node with `gantry image import`"));
            return read;
        }

        String namespace(ComposeFile read) {
            return namespace == null ? read.project() : namespace;
        }

        List<ObjectNode> manifests(ComposeFile read) {
            Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                    .orElse(Path.of("/"));
            return ComposePlan.manifests(read, folder, namespace(read));
        }
    }

    /// `gantry compose convert`.
    @Command(name = "convert", mixinStandardHelpOptions = true, description = "Prints the manifests as YAML.")
    public static final class Convert implements Callable<Integer> {
        @Mixin
        private Source source = new Source();

        @Override
        public Integer call() {
            DumpSettings settings = DumpSettings.builder()
                    .setDefaultFlowStyle(FlowStyle.BLOCK)
                    .setExplicitStart(true)
                    .build();
            List<Object> documents = new ArrayList<>();
            source.manifests(source.read())
                    .forEach(manifest -> documents.add(Json.MAPPER.convertValue(manifest, Map.class)));
            System.out.print(new Dump(settings).dumpAllToString(documents.iterator()));
            return 0;
        }
    }

    /// `gantry compose up`.
    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Makes the application, or brings it to what the file says; ends when it is there.")
    public static final class Up implements Callable<Integer> {
        @Mixin
        private Source source = new Source();

        @Mixin
        private KubeconfigOption cluster = new KubeconfigOption();

        @Option(
                names = "--wait-timeout",
                defaultValue = "60",
                description = "Seconds to wait for all services (default: 60; 0: do not wait).")
        private int waitSeconds;

        @Override
        public Integer call() {
            ComposeFile file = source.read();
            List<ObjectNode> manifests = source.manifests(file);
            try (ApiClient client = ApiClient.connect(cluster.load(), COMPONENT)) {
                ComposeApplication application =
                        new ComposeApplication(client, file.project(), source.namespace(file), System.out::println);
                application.apply(manifests);
                if (waitSeconds > 0
                        && !Await.until(
                                Duration.ofSeconds(waitSeconds),
                                () -> application.unavailable().isEmpty())) {
                    throw new CliException("not available after " + waitSeconds + " s: "
                            + String.join(", ", application.unavailable()) + "; look with `kubectl describe pods -n "
                            + source.namespace(file) + "`");
                }
            }
            return 0;
        }
    }

    /// `gantry compose down`.
    @Command(name = "down", mixinStandardHelpOptions = true, description = "Removes the application.")
    public static final class Down implements Callable<Integer> {
        @Mixin
        private Source source = new Source();

        @Mixin
        private KubeconfigOption cluster = new KubeconfigOption();

        @Option(
                names = {"-v", "--volumes"},
                description = "Remove its volumes and what is in them, too.")
        private boolean volumes;

        @Override
        public Integer call() {
            ComposeFile file = source.read();
            try (ApiClient client = ApiClient.connect(cluster.load(), COMPONENT)) {
                new ComposeApplication(client, file.project(), source.namespace(file), System.out::println)
                        .delete(volumes);
            }
            return 0;
        }
    }
}
