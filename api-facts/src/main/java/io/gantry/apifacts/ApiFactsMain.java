package io.gantry.apifacts;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// Writes what the official Java client knows of the API as two resource files, for the build of `api-types`:
/// descriptions of fields and numbers of protobuf fields. Does nothing when both files are up to date.
///
/// One argument: the folder to write to.
public final class ApiFactsMain {
    static final String DESCRIPTIONS = "descriptions.txt";
    static final String PROTOBUF = "protobuf.txt";

    private static final String FOLDER = "io/gantry/api/facts";
    private static final String MODEL = "io.kubernetes.client.openapi.models.V1Pod";
    private static final String PROTO = "io.kubernetes.client.proto.V1";

    private static final List<String> PROGRAM = List.of(
            "ApiFactsMain.class",
            "DescriptionFacts.class",
            "JarClasses.class",
            "ProtobufFacts.class",
            "supplement.txt");

    private ApiFactsMain() {}

    /// Entry point of the build.
    ///
    /// @throws Exception when a jar cannot be read: the build fails
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            throw new IllegalArgumentException("one argument is needed: the folder to write to");
        }
        Path folder = Path.of(args[0]).resolve(FOLDER);
        Path models = jarOf(MODEL);
        Path protos = jarOf(PROTO);
        String stamp = "# " + stamp(List.of(models, protos));
        if (upToDate(folder.resolve(DESCRIPTIONS), stamp) && upToDate(folder.resolve(PROTOBUF), stamp)) {
            return;
        }
        Files.createDirectories(folder);
        write(folder.resolve(PROTOBUF), stamp, new ProtobufFacts(protos).lines());
        write(folder.resolve(DESCRIPTIONS), stamp, new DescriptionFacts(models).lines());
    }

    private static void write(Path file, String stamp, Stream<String> lines) throws IOException {
        String text = Stream.concat(Stream.of(stamp), lines).collect(Collectors.joining("\n", "", "\n"));
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean upToDate(Path file, String stamp) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return Optional.ofNullable(reader.readLine()).equals(Optional.of(stamp));
        }
    }

    /// Names and sizes of the jars, and a checksum of this program, whether it runs from a jar or from a folder.
    private static String stamp(List<Path> jars) throws IOException {
        StringBuilder stamp = new StringBuilder();
        for (Path jar : jars) {
            stamp.append(jar.getFileName()).append('=').append(Files.size(jar)).append(' ');
        }
        CRC32 program = new CRC32();
        for (String name : PROGRAM) {
            try (InputStream in = Objects.requireNonNull(ApiFactsMain.class.getResourceAsStream(name))) {
                program.update(in.readAllBytes());
            }
        }
        return stamp.append("program=").append(program.getValue()).toString();
    }

    private static Path jarOf(String className) throws ReflectiveOperationException, URISyntaxException {
        Class<?> type = Class.forName(className, false, ApiFactsMain.class.getClassLoader());
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
