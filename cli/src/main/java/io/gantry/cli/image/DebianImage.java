package io.gantry.cli.image;

import io.gantry.cli.CliException;
import io.gantry.cli.host.Command;
import io.gantry.cli.host.HostPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Builds an image from a Debian package and what it depends on, with apt and dpkg only. Maintainer scripts do not run;
/// an [ImageRecipe] says what they would have done for well-known packages.
public final class DebianImage {
    private static final long DOWNLOAD_SECONDS = 600;
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
            www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
            nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
            """;
    private static final String GROUP = """
            root:x:0:
            daemon:x:1:
            tty:x:5:
            adm:x:4:
            www-data:x:33:
            nogroup:x:65534:
            """;

    private DebianImage() {}

    /// Builds an archive.
    ///
    /// @param packageName Debian's package
    /// @param reference the image's full name
    /// @param recipe what to add and how to start
    public static void write(String packageName, String reference, ImageRecipe recipe, Path archive) {
        if (!packageName.matches("[a-z0-9][a-z0-9+.-]+")) {
            throw new CliException("\"" + packageName + "\" is no package name");
        }
        if (HostPackages.find("apt-get").isEmpty()) {
            throw new CliException("images are built with apt-get, which this host does not have");
        }
        try {
            Path work = Files.createTempDirectory("gantry-image");
            try {
                List<String> packages = new ArrayList<>(List.of(packageName));
                packages.addAll(recipe.packages());
                Path root = Files.createDirectories(work.resolve("root"));
                unpack(download(packages, work), root);
                complete(root, recipe);
                OciImage image = new OciImage(
                        reference,
                        recipe.entrypoint(),
                        recipe.command(),
                        List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                        "/",
                        recipe.user(),
                        recipe.ports());
                image.write(root, Files.createDirectories(work.resolve("oci")), archive);
            } finally {
                Folders.delete(work);
            }
        } catch (IOException e) {
            throw new CliException("cannot build an image from " + packageName + ": " + e.getMessage(), e);
        }
    }

    /// Downloads packages with all they depend on, as if nothing were installed.
    private static Path download(List<String> packages, Path work) throws IOException {
        Path cache = Files.createDirectories(work.resolve("cache"));
        Files.createDirectories(cache.resolve("partial"));
        Path status = Files.createFile(work.resolve("status"));
        List<String> command = new ArrayList<>(List.of(
                "apt-get",
                "-o",
                "Dir::State::status=" + status,
                "-o",
                "Dir::Cache::archives=" + cache,
                "-o",
                "APT::Sandbox::User=root",
                "-o",
                "Debug::NoLocking=true",
                "--no-install-recommends",
                "--download-only",
                "-y",
                "install"));
        command.addAll(packages);
        Command.Result result = Command.run(DOWNLOAD_SECONDS, command);
        if (!result.ok()) {
            Command.run(DOWNLOAD_SECONDS, List.of("apt-get", "update"));
            result = Command.run(DOWNLOAD_SECONDS, command);
        }
        if (!result.ok()) {
            throw new CliException("cannot download " + String.join(", ", packages) + ":\n"
                    + result.output().strip());
        }
        return cache;
    }

    private static void unpack(Path cache, Path root) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            for (Path deb :
                    files.filter(f -> f.toString().endsWith(".deb")).sorted().toList()) {
                Command.must(DOWNLOAD_SECONDS, "dpkg-deb", "-x", deb.toString(), root.toString());
            }
        }
    }

    private static void complete(Path root, ImageRecipe recipe) throws IOException {
        Path etc = Files.createDirectories(root.resolve("etc"));
        Files.writeString(etc.resolve("passwd"), PASSWD + lines(recipe.users()));
        Files.writeString(etc.resolve("group"), GROUP);
        for (String folder : List.of("proc", "sys", "dev", "tmp", "run", "root", "var/tmp", "var/run", "var/log")) {
            if (!Files.exists(root.resolve(folder), LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(root.resolve(folder));
            }
        }
        Files.setPosixFilePermissions(root.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
        if (!Files.exists(root.resolve("bin/sh"), LinkOption.NOFOLLOW_LINKS)
                && Files.exists(root.resolve("bin/dash"))) {
            Files.createSymbolicLink(root.resolve("bin/sh"), Path.of("dash"));
        }
        for (Map.Entry<String, String> copy : recipe.copies().entrySet()) {
            Path target = inside(root, copy.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(inside(root, copy.getValue()), target, StandardCopyOption.REPLACE_EXISTING);
        }
        for (Map.Entry<String, String> link : recipe.links().entrySet()) {
            Path target = inside(root, link.getKey());
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(target);
            Files.createSymbolicLink(target, Path.of(link.getValue()));
        }
        for (String folder : recipe.folders()) {
            Files.createDirectories(inside(root, folder));
        }
        for (Map.Entry<String, String> file : recipe.files().entrySet()) {
            Path target = inside(root, file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
        for (String pattern : recipe.slim()) {
            Folders.delete(inside(root, pattern));
        }
    }

    private static Path inside(Path root, String path) {
        Path target =
                root.resolve(path.startsWith("/") ? path.substring(1) : path).normalize();
        if (!target.startsWith(root)) {
            throw new CliException(String.format(Locale.ROOT, "the path %s leaves the image", path));
        }
        return target;
    }

    private static String lines(List<String> users) {
        return users.isEmpty() ? "" : String.join("\n", users) + "\n";
    }
}
