package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.WatchSink;
import java.util.Iterator;

/// What takes the objects that there are, and then events.
interface WatchStart extends WatchSink {
    /// Sends these first, as ADDED.
    ///
    /// @param bookmarkRevision sends the bookmark that ends the initial events; negative sends none
    void begin(Iterator<CachedObject> objects, long bookmarkRevision);
}
