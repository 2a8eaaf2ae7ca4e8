package io.gantry.kubelet.dra;

import io.gantry.api.Copies;
import java.util.List;

/// A device as its driver described it.
///
/// @param requests those of the claim that it is for; none means all
/// @param cdiNames how the container runtime knows it
record PreparedDevice(String pool, String device, String shareId, List<String> requests, List<String> cdiNames) {
    PreparedDevice {
        requests = Copies.list(requests);
        cdiNames = Copies.list(cdiNames);
    }

    /// Whether it is for a request.
    ///
    /// @param request empty for any; of `request/subrequest` the first part counts
    boolean isFor(String request) {
        int slash = request.indexOf('/');
        return request.isEmpty()
                || requests.isEmpty()
                || requests.contains(slash < 0 ? request : request.substring(0, slash));
    }
}
