package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.FileKeySelector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Variables from a file that another container of the pod wrote into a volume (upstream `pkg/kubelet/util/env`):
/// lines `NAME='value'`, whose values may go over several lines, blank lines and comments.
final class EnvironmentFile {
    private static final int MAX_BYTES = 1 << 20;

    private EnvironmentFile() {}

    /// The value of a key; empty where it is optional and not there.
    ///
    /// @param volumes where the pod's volumes are
    static Optional<String> value(FileKeySelector ref, Map<String, Path> volumes) throws SpecFailure {
        Path volume = volumes.get(ref.volumeName());
        if (volume == null) {
            throw new SpecFailure("cannot find the volume \"" + ref.volumeName() + "\" referenced by FileKeyRef");
        }
        boolean optional = Boolean.TRUE.equals(ref.optional());
        Path file = volume.resolve(ref.path()).normalize();
        if (!Files.exists(file) && optional) {
            return Optional.empty();
        }
        String value = find(read(volume, file), ref.key());
        if (value.isEmpty() && !optional) {
            throw new SpecFailure("environment variable key \"" + ref.key() + "\" not found in file \"" + file + "\"");
        }
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    /// Links that lead out of the volume are not followed: what is there is not the pod's.
    private static List<String> read(Path volume, Path file) throws SpecFailure {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(volume.toRealPath()) || Files.size(real) > MAX_BYTES) {
                throw new SpecFailure("couldn't parse env file");
            }
            return Files.readAllLines(real);
        } catch (IOException failure) {
            throw new SpecFailure("couldn't parse env file: " + failure.getMessage());
        }
    }

    /// The value of the key's first line; empty where there is none.
    static String find(List<String> lines, String key) throws SpecFailure {
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String name = name(line, at + 1);
            String quoted = line.substring(name.length() + 1);
            boolean empty = quoted.isEmpty() || Character.isWhitespace(quoted.charAt(0));
            StringBuilder value = new StringBuilder();
            at = empty ? at : readQuoted(lines, at, quoted, value);
            if (name.equals(key)) {
                return value.toString();
            }
        }
        return "";
    }

    private static String name(String line, int number) throws SpecFailure {
        int equals = line.indexOf('=');
        String name = equals < 0 ? "" : line.substring(0, equals);
        if (name.isEmpty() || !name.equals(name.stripTrailing())) {
            throw invalid(number, equals < 0 ? "missing '='" : "no name right before '='");
        }
        return name;
    }

    /// Reads to the closing quote; returns the line that it is on.
    private static int readQuoted(List<String> lines, int first, String text, StringBuilder value) throws SpecFailure {
        if (!text.startsWith("'")) {
            throw invalid(first + 1, "value must be enclosed in single quotes");
        }
        String rest = text.substring(1);
        int at = first;
        while (rest.indexOf('\'') < 0) {
            value.append(rest).append('\n');
            at++;
            if (at == lines.size()) {
                throw invalid(first + 1, "unclosed single quote");
            }
            rest = Objects.requireNonNull(lines.get(at));
        }
        int end = rest.indexOf('\'');
        String after = rest.substring(end + 1).strip();
        if (!after.isEmpty() && !after.startsWith("#")) {
            throw invalid(at + 1, "unexpected content after closing quote");
        }
        value.append(rest, 0, end);
        return at;
    }

    private static SpecFailure invalid(int line, String why) {
        return new SpecFailure("couldn't parse env file: line " + line + ": " + why);
    }
}
