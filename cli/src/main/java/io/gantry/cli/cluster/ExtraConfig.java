package io.gantry.cli.cluster;

import io.gantry.cli.CliException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Flags that a person adds to processes of a cluster, `COMPONENT.FLAG=VALUE` each, as minikube's `--extra-config` has
/// them. They come after those that Gantry passes: of a flag with one value, the last one counts.
public final class ExtraConfig {
    /// What a joined machine runs.
    public static final List<String> OF_AGENTS = List.of("kubelet", "kube-proxy");

    /// What the first machine runs.
    public static final List<String> OF_SERVERS =
            List.of("apiserver", "scheduler", "controller-manager", "kubelet", "kube-proxy", "cluster-dns", "ingress");

    private static final String NONE = "none";
    private static final Pattern FORM = Pattern.compile("([a-z-]+)\\.([a-z0-9-]+)=(.*)", Pattern.DOTALL);

    private ExtraConfig() {}

    /// What was asked for, checked; `none` alone is nothing.
    ///
    /// @param components that there are
    /// @throws CliException naming what is none of them
    public static List<String> of(List<String> words, List<String> components) {
        if (words.equals(List.of(NONE))) {
            return List.of();
        }
        for (String word : words) {
            Matcher form = FORM.matcher(word);
            if (!form.matches()) {
                throw new CliException("--extra-config " + word + " must be COMPONENT.FLAG=VALUE, e.g."
                        + " kubelet.max-pods=50, or none");
            }
            if (!components.contains(form.group(1))) {
                throw new CliException("--extra-config " + word + ": this machine runs no " + form.group(1) + ", but "
                        + String.join(", ", components));
            }
        }
        return List.copyOf(words);
    }

    /// The flags of one component, in order.
    ///
    /// @param words as [#of] gave them
    public static List<String> flags(List<String> words, String component) {
        return words.stream()
                .filter(word -> word.startsWith(component + "."))
                .map(word -> "--" + word.substring(component.length() + 1))
                .toList();
    }
}
