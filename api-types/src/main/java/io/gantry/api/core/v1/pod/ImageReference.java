package io.gantry.api.core.v1.pod;

import java.util.regex.Pattern;

/// The parts of a container image's name that defaults depend on.
///
/// @param tag `latest` where neither tag nor digest is given; empty where only a digest is
/// @param digest e.g. `sha256:…`, empty where there is none
public record ImageReference(String repository, String tag, String digest) {
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String HOST = "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?";
    private static final String TAG = "[\\w][\\w.-]{0,127}";
    private static final String DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
    private static final Pattern WELL_FORMED = Pattern.compile(
            "(?:" + HOST + "/)?" + COMPONENT + "(?:/" + COMPONENT + ")*(?::" + TAG + ")?(?:@" + DIGEST + ")?");

    /// The policy of an image that names none: `Always` for the tag `latest`, else `IfNotPresent`, also for what is no
    /// image's name, such as a variable that somebody replaces later (upstream `SetDefaults_Container`).
    public static String defaultPullPolicy(String image) {
        // The pattern is dear, and few images are `latest`.
        boolean latest =
                parse(image).tag.equals("latest") && WELL_FORMED.matcher(image).matches();
        return latest ? "Always" : "IfNotPresent";
    }

    /// Splits `host:port/name:tag@digest`.
    public static ImageReference parse(String image) {
        int at = image.indexOf('@');
        String digest = at < 0 ? "" : image.substring(at + 1);
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String tag = tagged ? named.substring(colon + 1) : digest.isEmpty() ? "latest" : "";
        return new ImageReference(tagged ? named.substring(0, colon) : named, tag, digest);
    }
}
