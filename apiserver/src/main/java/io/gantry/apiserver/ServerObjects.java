package io.gantry.apiserver;

import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.watch.CacheFeed;
import java.time.InstantSource;

/// The objects of a server, for what decides over requests.
public record ServerObjects(Resources resources, CacheFeed feed, InstantSource clock) {}
