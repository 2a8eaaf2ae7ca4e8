package io.gantry.component;

/// Which Kubernetes API this build serves, and its own version behind that.
public final class BuildVersion {
    public static final String MAJOR = "1";
    public static final String MINOR = "36";

    /// As `emulationVersion`.
    public static final String API = MAJOR + "." + MINOR;

    public static final String GIT = "v" + API + ".0-gantry.0.1.0";

    private BuildVersion() {}
}
