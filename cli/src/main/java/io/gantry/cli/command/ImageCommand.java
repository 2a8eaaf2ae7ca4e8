package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.image.DebianImage;
import io.gantry.cli.image.ImageRecipe;
import io.gantry.cli.image.ImageReference;
import io.gantry.cli.image.ImageStore;
import io.gantry.cli.local.LocalNode;
import io.gantry.cli.local.LocalNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gantry image …`.
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = "Puts images on this node without a registry.",
        subcommands = {ImageCommand.Import.class, ImageCommand.BuildFromDebian.class, ImageCommand.ListNames.class})
public final class ImageCommand {
    /// Loads an archive into every node of this machine that runs, the machine itself first.
    ///
    /// @return what containerd said of the first
    private static List<String> importEverywhere(ClusterLayout layout, Path archive) {
        String said = new ImageStore(layout).importArchive(archive);
        LocalNodes.present(layout).stream()
                .map(LocalNode::layout)
                .filter(node -> Files.exists(node.containerdSocket()))
                .forEach(node -> new ImageStore(node).importArchive(archive));
        return said.lines().toList();
    }

    /// `gantry image import`.
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Loads an image archive (docker save, OCI) into the node.")
    public static final class Import implements Callable<Integer> {
        @Mixin
        private DataDirOption dataDir = new DataDirOption();

        @Parameters(paramLabel = "FILE.tar")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            DataDirOption.requireRoot("image import");
            dataDir.config();
            importEverywhere(dataDir.layout(), file).forEach(System.out::println);
            return 0;
        }
    }

    /// `gantry image list`.
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the images of the node.")
    public static final class ListNames implements Callable<Integer> {
        @Mixin
        private DataDirOption dataDir = new DataDirOption();

        @Override
        public Integer call() {
            DataDirOption.requireRoot("image list");
            dataDir.config();
            new ImageStore(dataDir.layout()).names().forEach(System.out::println);
            return 0;
        }
    }

    /// `gantry image build-from-debian`.
    @Command(
            name = "build-from-debian",
            mixinStandardHelpOptions = true,
            description = "Makes an image from a Debian package and loads it into the node.")
    public static final class BuildFromDebian implements Callable<Integer> {
        @Mixin
        private DataDirOption dataDir = new DataDirOption();

        @Parameters(paramLabel = "PACKAGE", description = "Debian's package, e.g. nginx-light.")
        private String packageName = "";

        @Option(
                names = "--name",
                required = true,
                paramLabel = "REF",
                description = "The image's name, e.g. nginx:1.21.")
        private String name = "";

        @Option(names = "--entrypoint", paramLabel = "WORD", description = "Entrypoint, a word a time.")
        private List<String> entrypoint = new ArrayList<>();

        @Option(names = "--cmd", paramLabel = "WORD", description = "Command, a word a time.")
        private List<String> command = new ArrayList<>();

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE.tar",
                description = "Writes the archive there instead of loading it.")
        private @Nullable Path output;

        @Override
        public Integer call() throws IOException {
            DataDirOption.requireRoot("image build-from-debian");
            String reference = ImageReference.normalize(name);
            ImageRecipe recipe = ImageRecipe.of(packageName).starting(entrypoint, command);
            if (output != null) {
                DebianImage.write(packageName, reference, recipe, output);
                System.out.println("wrote " + reference + " to " + output);
                return 0;
            }
            dataDir.config();
            if (!Files.exists(dataDir.layout().containerdSocket())) {
                throw new CliException(
                        "the node is not running: start it with `gantry up` first, or say --output FILE.tar");
            }
            Path archive = Files.createTempFile("gantry-image", ".tar");
            try {
                DebianImage.write(packageName, reference, recipe, archive);
                importEverywhere(dataDir.layout(), archive);
            } finally {
                Files.deleteIfExists(archive);
            }
            System.out.println("the node has the image " + reference);
            return 0;
        }
    }
}
