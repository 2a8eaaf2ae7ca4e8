package io.gantry.apiserver.admission.podsecurity;

import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is refused in a namespace, what the audit log is told and what is warned of (upstream
/// `pod-security-admission/api`, `PolicyToEvaluate`).
record Policy(Rule enforce, Rule audit, Rule warn) {
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
        Rule noted = new Rule(mild(labels, "audit", audit), version(labels, "audit", audit));
        if (warnText != null) {
            return new Policy(refuses, noted, new Rule(mild(labels, "warn", warn), version(labels, "warn", warn)));
        }
        boolean stricter = Level.isKnown(enforceText) && enforced.compareTo(warn.level()) > 0;
        boolean versioned = labels.containsKey(LABEL + "warn-version");
        return new Policy(
                refuses,
                noted,
                new Rule(
                        stricter ? enforced : warn.level(),
                        stricter && !versioned ? refuses.version() : version(labels, "warn", warn)));
    }

    private static Level mild(Map<String, String> labels, String mode, Rule byDefault) {
        String text = labels.get(LABEL + mode);
        return text == null ? byDefault.level() : Level.isKnown(text) ? Level.parse(text) : Level.PRIVILEGED;
    }

    /// Whether nothing is looked at: neither here nor in templates.
    boolean isPrivileged() {
        return enforce.level() == Level.PRIVILEGED && isQuiet();
    }

    /// Whether nobody is told of anything.
    boolean isQuiet() {
        return audit.level() == Level.PRIVILEGED && warn.level() == Level.PRIVILEGED;
    }

    /// What is wrong with a namespace's labels.
    static List<FieldError> errors(Map<String, String> labels) {
        FieldErrors errors = new FieldErrors();
        for (String mode : List.of("enforce", "audit", "warn")) {
            String level = labels.get(LABEL + mode);
            if (level != null && !Level.isKnown(level)) {
                errors.invalid(
                        "metadata.labels[" + LABEL + mode + "]",
                        level,
                        "must be one of privileged, baseline, restricted");
            }
            String version = labels.get(LABEL + mode + "-version");
            if (version != null && !PolicyVersion.isKnown(version)) {
                errors.invalid(
                        "metadata.labels[" + LABEL + mode + "-version]", version, "must be \"latest\" or \"v1.x\"");
            }
        }
        return errors.all();
    }

    /// The modes that labels set to anything but `privileged`: `enforce=baseline:latest, warn=…`.
    String set(Map<String, String> labels) {
        List<String> set = new ArrayList<>();
        Map<String, Rule> modes = new LinkedHashMap<>();
        modes.put("enforce", enforce);
        modes.put("audit", audit);
        modes.put("warn", warn);
        modes.forEach((mode, rule) -> {
            boolean told = labels.containsKey(LABEL + mode) || labels.containsKey(LABEL + mode + "-version");
            if (told && rule.level() != Level.PRIVILEGED) {
                set.add(mode + "=" + rule);
            }
        });
        return String.join(", ", set);
    }

    private static PolicyVersion version(Map<String, String> labels, String mode, Rule byDefault) {
        String text = labels.get(LABEL + mode + "-version");
        return text == null ? byDefault.version() : PolicyVersion.parse(text);
    }
}
