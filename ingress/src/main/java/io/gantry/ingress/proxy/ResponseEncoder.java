package io.gantry.ingress.proxy;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/// Knows that the answer to HEAD has no body, whatever its headers say.
final class ResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;

    /// @param head whether the request that is answered next is HEAD
    void answers(boolean head) {
        toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        return toHead || super.isContentAlwaysEmpty(response);
    }
}
