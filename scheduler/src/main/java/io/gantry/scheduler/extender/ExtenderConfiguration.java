package io.gantry.scheduler.extender;

import io.gantry.api.decode.Arguments;
import io.gantry.client.tls.Credential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One of the `extenders` of a `KubeSchedulerConfiguration`.
///
/// @param urlPrefix where it is; a verb follows after a slash
/// @param filterVerb empty, as every verb, when it takes no part in that
/// @param weight how much its scores count
/// @param nodeNamesOnly whether it knows the nodes itself and is told their names alone (`nodeCacheCapable`)
/// @param managedResources only pods that ask for one of these concern it; empty for all pods
/// @param ignoredResources those of them that the scheduler itself leaves to it
/// @param ignorable whether pods are scheduled without it while it fails
public record ExtenderConfiguration(
        String urlPrefix,
        String filterVerb,
        String preemptVerb,
        String prioritizeVerb,
        String bindVerb,
        int weight,
        Optional<Tls> tls,
        Duration timeout,
        boolean nodeNamesOnly,
        Set<String> managedResources,
        Set<String> ignoredResources,
        boolean ignorable) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /// How it is known, and how the scheduler shows who it is.
    ///
    /// @param trustAll whether any certificate of it will do
    public record Tls(boolean trustAll, Credential authority, Credential certificate, Credential key) {}

    /// Mistakes are noted in the arguments.
    public static List<ExtenderConfiguration> readAll(List<Arguments> listed) {
        List<ExtenderConfiguration> extenders = new ArrayList<>();
        Set<String> managed = new LinkedHashSet<>();
        int binders = 0;
        for (Arguments each : listed) {
            ExtenderConfiguration extender = read(each);
            binders += extender.bindVerb.isEmpty() ? 0 : 1;
            if (binders > 1) {
                each.mistake("bindVerb", "found " + binders + " extenders implementing bind");
            }
            for (String resource : extender.managedResources) {
                if (!managed.add(resource)) {
                    each.mistake("managedResources", "duplicate extender managed resource name " + resource);
                }
            }
            extenders.add(extender);
        }
        return extenders;
    }

    private static ExtenderConfiguration read(Arguments arguments) {
        String prioritize = arguments.text("prioritizeVerb", "");
        int weight = arguments.integer("weight", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (!prioritize.isEmpty() && weight <= 0) {
            arguments.invalid("weight", weight, "must have a positive weight applied to it");
        }
        Set<String> managed = new LinkedHashSet<>();
        Set<String> ignored = new LinkedHashSet<>();
        for (Arguments resource : arguments.objects("managedResources")) {
            String name = resource.text("name", "");
            if (!name.contains("/")) {
                resource.invalid("name", name, "must be an extended resource, such as example.com/widget");
            }
            managed.add(name);
            if (resource.flag("ignoredByScheduler", false)) {
                ignored.add(name);
            }
            resource.end();
        }
        ExtenderConfiguration extender = new ExtenderConfiguration(
                arguments.text("urlPrefix", ""),
                arguments.text("filterVerb", ""),
                arguments.text("preemptVerb", ""),
                prioritize,
                arguments.text("bindVerb", ""),
                weight,
                tls(arguments),
                arguments.duration("httpTimeout", DEFAULT_TIMEOUT),
                arguments.flag("nodeCacheCapable", false),
                managed,
                ignored,
                arguments.flag("ignorable", false));
        arguments.end();
        return extender;
    }

    /// HTTPS without an authority checks nothing, as upstream.
    private static Optional<Tls> tls(Arguments arguments) {
        boolean https = arguments.flag("enableHTTPS", false);
        Optional<Arguments> given = arguments.object("tlsConfig");
        if (given.isEmpty()) {
            return https
                    ? Optional.of(new Tls(true, Credential.absent(), Credential.absent(), Credential.absent()))
                    : Optional.empty();
        }
        Arguments tls = given.get();
        if (!tls.text("serverName", "").isEmpty()) {
            tls.mistake("serverName", "is not supported: the name in urlPrefix is the one that is checked");
        }
        Credential authority = credential(tls, "ca");
        Tls read = new Tls(
                tls.flag("insecure", false) || (https && !authority.isPresent()),
                authority,
                credential(tls, "cert"),
                credential(tls, "key"));
        tls.end();
        return Optional.of(read);
    }

    private static Credential credential(Arguments tls, String name) {
        String file = tls.text(name + "File", "");
        String data = tls.text(name + "Data", "");
        if (!data.isEmpty()) {
            try {
                return new Credential.Inline(Base64.getDecoder().decode(data));
            } catch (IllegalArgumentException e) {
                tls.invalid(name + "Data", "", "must be base64");
            }
        }
        return file.isEmpty() ? Credential.absent() : Credential.file(Path.of(file));
    }
}
