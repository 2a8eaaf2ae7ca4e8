package io.gantry.scheduler.devices;

import io.gantry.api.resource.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A device picked for a request.
///
/// @param shareId tells the shares of one device apart; null where the device is had whole
/// @param consumed what is taken of a shared device
record Pick(Request request, Chosen device, @Nullable String shareId, Map<String, Quantity> consumed) {}
