package io.gantry.apifacts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/// Names of the stable top-level classes in one package of a jar.
final class JarClasses {
    private static final Pattern UNSTABLE = Pattern.compile(".*[Vv]\\d+(alpha|beta)\\d.*");

    private JarClasses() {}

    /// Simple names in order, without nested classes and without those of alpha and beta versions.
    static List<String> stable(Path jar, String packageName) throws IOException {
        String prefix = packageName.replace('.', '/') + "/";
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(".class"))
                    .map(name -> name.substring(prefix.length(), name.length() - ".class".length()))
                    .filter(name -> name.indexOf('$') < 0 && name.indexOf('/') < 0)
                    .filter(name -> !UNSTABLE.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }
}
