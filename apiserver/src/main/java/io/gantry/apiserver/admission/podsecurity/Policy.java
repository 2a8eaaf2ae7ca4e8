package io.gantry.apiserver.admission.podsecurity;

import java.util.Map;

/// What is refused in a namespace and what is warned of (upstream `pod-security-admission/api`, `PolicyToEvaluate`).
record Policy(Rule enforce, Rule warn) {
    private static final String LABEL = "pod-security.kubernetes.io/";

    /// A level of the standards as they were in a version.
    record Rule(Level level, PolicyVersion version) {
        static final Rule NONE = new Rule(Level.PRIVILEGED, PolicyVersion.LATEST);

        @Override
        public String toString() {
            return level + ":" + version;
        }
    }

    /// By a namespace's labels, else as it is by default. A level that nobody knows is the strictest where
    /// it refuses, so that a typing error never opens a namespace, and none where it warns. Who asks for a
    /// stricter level than is warned of is warned of that level.
    Policy by(Map<String, String> labels) {
        String enforceText = labels.get(LABEL + "enforce");
        String warnText = labels.get(LABEL + "warn");
        Level enforced = enforceText == null ? enforce.level() : Level.parse(enforceText);
        Rule refuses = new Rule(enforced, version(labels, "enforce", enforce));
        if (warnText != null) {
            Level warned = Level.isKnown(warnText) ? Level.parse(warnText) : Level.PRIVILEGED;
            return new Policy(refuses, new Rule(warned, version(labels, "warn", warn)));
        }
        boolean stricter = Level.isKnown(enforceText) && enforced.compareTo(warn.level()) > 0;
        boolean versioned = labels.containsKey(LABEL + "warn-version");
        return new Policy(
                refuses,
                new Rule(
                        stricter ? enforced : warn.level(),
                        stricter && !versioned ? refuses.version() : version(labels, "warn", warn)));
    }

    private static PolicyVersion version(Map<String, String> labels, String mode, Rule byDefault) {
        String text = labels.get(LABEL + mode + "-version");
        return text == null ? byDefault.version() : PolicyVersion.parse(text);
    }
}
