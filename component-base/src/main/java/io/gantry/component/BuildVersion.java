package io.gantry.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/// Which Kubernetes API this build serves, and its own version behind that.
public final class BuildVersion {
    public static final String MAJOR = "1";
    public static final String MINOR = "36";

    /// As `emulationVersion`.
    public static final String API = MAJOR + "." + MINOR;

    public static final String GIT = "v" + API + ".0-gantry.0.1.0";

    /// What a Go program would be compiled with.
    public static final String COMPILER = "javac";

    private static final Properties BUILD = read();

    private BuildVersion() {}

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream file = BuildVersion.class.getResourceAsStream("build.properties")) {
            properties.load(Objects.requireNonNull(file));
            return properties;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The git commit of the sources; empty where they are not known to be of one.
    public static String commit() {
        return BUILD.getProperty("commit", "");
    }

    /// `clean` where the sources are those of [#commit()], `dirty` where they were changed; empty where
    /// nobody knows.
    public static String treeState() {
        return BUILD.getProperty("treeState", "");
    }

    /// Of the commit, as RFC 3339 writes it.
    public static String date() {
        return BUILD.getProperty("date", "");
    }

    /// What stands in the place of Go's version: the Java that runs this, e.g. `java25.0.1`.
    public static String runtime() {
        return "java" + System.getProperty("java.version");
    }

    /// In Go's words, e.g. `linux/amd64`.
    public static String platform() {
        String arch = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
        return "linux/" + (arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch);
    }
}
