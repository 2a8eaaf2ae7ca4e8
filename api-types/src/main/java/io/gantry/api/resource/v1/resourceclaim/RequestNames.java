package io.gantry.api.resource.v1.resourceclaim;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.v1.DeviceNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names of a claim's requests, each with those of its alternatives.
record RequestNames(Map<String, Set<String>> names) {
    private static final String UNKNOWN = "must be the name of a request in the claim or the name of a request and a"
            + " subrequest separated by '/'";

    static RequestNames of(@Nullable DeviceClaim claim) {
        Map<String, Set<String>> names = new HashMap<>();
        if (claim != null) {
            for (DeviceRequest request : claim.requests()) {
                names.put(
                        text(request.name()),
                        request.firstAvailable().stream()
                                .map(alternative -> text(alternative.name()))
                                .collect(Collectors.toSet()));
            }
        }
        return new RequestNames(names);
    }

    /// A reference to a request, or to one of its alternatives.
    void reference(String name, String path, FieldErrors errors) {
        String[] segments = text(name).split("/", -1);
        if (segments.length > 2) {
            errors.invalid(path, name, UNKNOWN);
            return;
        }
        for (String segment : segments) {
            DeviceNames.label(segment, path, errors);
        }
        Set<String> alternatives = names.get(segments[0]);
        if (alternatives == null || segments.length == 2 && !alternatives.contains(segments[1])) {
            errors.invalid(path, text(name), UNKNOWN);
        }
    }
}
