package io.gantry.api.storage.v1.csinode;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.storage.v1.DriverName;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Rules of CSINodes (upstream `ValidateCSINode`).
public final class CSINodeRules implements KindRules<CSINode> {
    private static final int MAX_NODE_ID = 256;

    @Override
    public void validate(CSINode object, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        List<CSINodeDriver> drivers = object.spec().drivers();
        for (int i = 0; i < drivers.size(); i++) {
            String at = "spec.drivers[" + i + "]";
            driver(drivers.get(i), at, errors);
            if (!names.add(text(drivers.get(i).name()))) {
                errors.duplicate(at + ".name", text(drivers.get(i).name()));
            }
        }
    }

    private static void driver(CSINodeDriver driver, String at, FieldErrors errors) {
        DriverName.check(driver.name(), at + ".name", errors);
        References.required(driver.nodeID(), at + ".nodeID", errors);
        if (text(driver.nodeID()).length() > MAX_NODE_ID) {
            errors.invalid(at + ".nodeID", driver.nodeID(), "must be " + MAX_NODE_ID + " characters or less");
        }
        if (driver.allocatable() != null) {
            Numbers.nonNegative(driver.allocatable().count(), at + ".allocatable.count", errors);
        }
        Set<String> keys = new HashSet<>();
        for (String key : driver.topologyKeys()) {
            // without the field's name, as upstream's
            References.required(key, at, errors);
            if (!keys.add(key)) {
                errors.duplicate(at, key);
            }
            References.format(key, Names::qualified, at, errors);
        }
    }

    /// What a driver said of a node stays as it is, save how many volumes it takes.
    @Override
    public void validateUpdate(CSINode object, CSINode old, FieldErrors errors) {
        for (CSINodeDriver before : old.spec().drivers()) {
            for (CSINodeDriver now : object.spec().drivers()) {
                if (Objects.equals(before.name(), now.name()) && !fixed(before).equals(fixed(now))) {
                    errors.invalid("spec.drivers", fixed(now), "field is immutable");
                }
            }
        }
    }

    private static CSINodeDriver fixed(CSINodeDriver driver) {
        return new CSINodeDriver(driver.name(), driver.nodeID(), driver.topologyKeys(), null);
    }
}
