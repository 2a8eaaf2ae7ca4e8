package io.gantry.apiserver;

import io.gantry.api.StatusException;
import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.endpoint.RequestInfo;
import io.gantry.apiserver.http.Request;

/// The `timeout` that clients put into addresses (upstream `pkg/endpoints/filters/request_deadline.go`). Clients keep
/// it themselves; here one that is no duration is refused, before anybody asks who sends it.
final class RequestTimeout {
    private static final String NAME = "timeout";

    private RequestTimeout() {}

    /// @throws StatusException a bad request
    static void check(Request request, RequestInfo info) {
        String text = request.query().text(NAME);
        if (text.isEmpty() || isLong(info)) {
            return;
        }
        try {
            GoDurations.parse(text);
        } catch (IllegalArgumentException e) {
            throw StatusException.badRequest("invalid timeout specified in the request URL - " + e.getMessage());
        }
    }

    private static boolean isLong(RequestInfo info) {
        return info.verb().equals("watch") || FlowGate.isLong(info);
    }
}
