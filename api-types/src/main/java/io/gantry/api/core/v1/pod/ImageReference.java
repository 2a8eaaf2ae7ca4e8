package io.gantry.api.core.v1.pod;

/// The parts of a container image's name that defaults depend on.
///
/// @param tag `latest` where neither tag nor digest is given; empty where only a digest is
/// @param digest e.g. `sha256:…`, empty where there is none
public record ImageReference(String repository, String tag, String digest) {
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

    /// `Always` for the tag `latest`, else `IfNotPresent` (upstream `SetDefaults_Container`).
    public String defaultPullPolicy() {
        return tag.equals("latest") ? "Always" : "IfNotPresent";
    }
}
