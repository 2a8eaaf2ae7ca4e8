package io.gantry.kubelet.credential;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which images something is for: a registry, with a port and a beginning of a path where they are given. Parts
/// of the host's name may hold `*`, as in `*.registry.example`; ports and paths may not (upstream
/// `pkg/credentialprovider/keyring.go`, `URLsMatch`).
///
/// @param host its parts between dots
/// @param port empty where none is given, and then of images that give none
/// @param path with its first slash; may be empty
public record RegistryPattern(List<String> host, String port, String path) {
    private static final Pattern TEXT = Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[^/:?#\\[\\]]*)(?::([0-9]*))?(/.*)?");
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cntrl}]");

    public RegistryPattern {
        host = List.copyOf(host);
    }

    /// @param text without a scheme
    /// @throws IllegalArgumentException when it is no host with a port and a path
    public static RegistryPattern parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches() || BLANK.matcher(text).find()) {
            throw new IllegalArgumentException("must be a host, which may have a port and a path");
        }
        return new RegistryPattern(
                List.of(matcher.group(1).split("\\.", -1)), orEmpty(matcher.group(2)), orEmpty(matcher.group(3)));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// Whether the image is one of them.
    ///
    /// @param image its name with the registry, without tag and digest
    public boolean matches(RegistryPattern image) {
        if (!port.equals(image.port) || host.size() != image.host.size() || !image.path.startsWith(path)) {
            return false;
        }
        for (int i = 0; i < host.size(); i++) {
            if (!matches(host.get(i), image.host.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Without backtracking further than to the last star: whoever writes a pattern cannot make a kubelet busy.
    private static boolean matches(String glob, String text) {
        int g = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                from = t;
            } else if (g < glob.length() && glob.charAt(g) == text.charAt(t)) {
                g++;
                t++;
            } else if (star >= 0) {
                g = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        return glob.substring(g).chars().allMatch(c -> c == '*');
    }
}
