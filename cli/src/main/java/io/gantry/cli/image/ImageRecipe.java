package io.gantry.cli.image;

import io.gantry.api.Json;
import io.gantry.cli.CliException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What an image of a Debian package needs beyond the unpacked files. Recipes of well-known packages are resources,
/// `recipes/PACKAGE.json`.
///
/// @param packages further packages
/// @param users lines of `/etc/passwd`
/// @param copies target → source, both in the image
/// @param links link → target
/// @param files path → content
/// @param folders to create
/// @param slim paths to remove
public record ImageRecipe(
        List<String> entrypoint,
        List<String> command,
        String user,
        List<String> ports,
        List<String> packages,
        List<String> users,
        Map<String, String> copies,
        Map<String, String> links,
        Map<String, String> files,
        List<String> folders,
        List<String> slim) {
    private static final List<String> SLIM =
            List.of("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/info", "usr/share/lintian");

    public ImageRecipe {
        entrypoint = entrypoint == null ? List.of() : List.copyOf(entrypoint);
        command = command == null ? List.of() : List.copyOf(command);
        user = user == null ? "" : user;
        ports = ports == null ? List.of() : List.copyOf(ports);
        packages = packages == null ? List.of() : List.copyOf(packages);
        users = users == null ? List.of() : List.copyOf(users);
        copies = copies == null ? Map.of() : Map.copyOf(copies);
        links = links == null ? Map.of() : Map.copyOf(links);
        files = files == null ? Map.of() : Map.copyOf(files);
        folders = folders == null ? List.of() : List.copyOf(folders);
        slim = slim == null ? SLIM : List.copyOf(slim);
    }

    /// The recipe of a package, or an empty one (a shell is added then).
    public static ImageRecipe of(String packageName) {
        try (InputStream in = ImageRecipe.class.getResourceAsStream("/recipes/" + packageName + ".json")) {
            String json =
                    in == null ? "{\"packages\":[\"dash\"]}" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Json.MAPPER.readValue(json, ImageRecipe.class);
        } catch (IOException e) {
            throw new CliException("the recipe of " + packageName + " cannot be read", e);
        }
    }

    /// The same with another start.
    public ImageRecipe starting(List<String> newEntrypoint, List<String> newCommand) {
        return new ImageRecipe(
                newEntrypoint.isEmpty() ? entrypoint : newEntrypoint,
                newCommand.isEmpty() ? command : newCommand,
                user,
                ports,
                packages,
                users,
                copies,
                links,
                files,
                folders,
                slim);
    }
}
