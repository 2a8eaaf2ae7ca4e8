package io.gantry.client;

import java.util.List;
import java.util.Optional;

/// One page of a list.
///
/// @param resourceVersion the revision that the page shows; a watch may start from it
/// @param continueToken asks for the next page, absent on the last one
/// @param remaining how many objects follow this page, 0 where the server does not say
public record ObjectList<T>(List<T> items, String resourceVersion, Optional<String> continueToken, long remaining) {
    public ObjectList {
        items = List.copyOf(items);
    }
}
