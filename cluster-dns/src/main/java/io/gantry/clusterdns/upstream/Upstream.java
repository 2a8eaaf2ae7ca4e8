package io.gantry.clusterdns.upstream;

import java.io.IOException;

/// Where names that are not the cluster's are looked up.
@FunctionalInterface
public interface Upstream {
    /// Asks and waits; the response carries the id of the query.
    ///
    /// @param query a whole query message
    /// @throws IOException when nobody answered
    byte[] ask(byte[] query) throws IOException;
}
