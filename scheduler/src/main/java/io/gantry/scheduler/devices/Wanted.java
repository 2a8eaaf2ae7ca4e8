package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import java.util.List;

/// A request with what it comes to on one node.
///
/// @param number how many devices
/// @param all the devices, where all are wanted
record Wanted(Request request, DeviceClass deviceClass, int number, List<Chosen> all) {}
