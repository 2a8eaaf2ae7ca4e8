package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceclaim.DeviceConstraint;
import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.DeviceAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the devices of a claim must have in common, or must not. Holds the attributes of the devices that
/// are chosen so far. Owned by one search.
final class Constraint {
    private final List<String> requests;
    private final String attribute;
    private final boolean distinct;
    private final List<DeviceAttribute> chosen = new ArrayList<>();

    private Constraint(List<String> requests, String attribute, boolean distinct) {
        this.requests = requests;
        this.attribute = attribute;
        this.distinct = distinct;
    }

    /// Empty for one of an unknown kind.
    static Optional<Constraint> of(DeviceConstraint constraint) {
        String match = constraint.matchAttribute();
        String distinct = constraint.distinctAttribute();
        if (match != null) {
            return Optional.of(new Constraint(constraint.requests(), match, false));
        }
        return distinct == null ? Optional.empty() : Optional.of(new Constraint(constraint.requests(), distinct, true));
    }

    /// Takes the device among the chosen ones.
    ///
    /// @return false when it may not be; then nothing has changed
    boolean add(Request request, Chosen device) {
        if (!request.isNamedIn(requests)) {
            return true;
        }
        Optional<DeviceAttribute> value = attributeOf(device);
        if (value.isEmpty() || !admits(value.get())) {
            return false;
        }
        chosen.add(value.get());
        return true;
    }

    /// Undoes the latest [#add].
    void remove(Request request) {
        if (request.isNamedIn(requests)) {
            chosen.removeLast();
        }
    }

    private boolean admits(DeviceAttribute value) {
        return distinct
                ? !chosen.contains(value)
                : chosen.isEmpty() || chosen.getFirst().equals(value);
    }

    /// By its full name, or without the domain where that is the driver's.
    private Optional<DeviceAttribute> attributeOf(Chosen candidate) {
        Device device = candidate.device();
        DeviceAttribute full = device.attributes().get(attribute);
        int slash = attribute.indexOf('/');
        if (full != null
                || slash < 0
                || !attribute.substring(0, slash).equals(candidate.id().driver())) {
            return Optional.ofNullable(full).filter(Constraint::isScalar);
        }
        return Optional.ofNullable(device.attributes().get(attribute.substring(slash + 1)))
                .filter(Constraint::isScalar);
    }

    /// Lists compare with nothing (their gate is off).
    private static boolean isScalar(DeviceAttribute value) {
        return value.int_() != null || value.bool() != null || value.string() != null || value.version() != null;
    }
}
