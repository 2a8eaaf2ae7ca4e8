package io.gantry.apiserver;

import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Handler;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.RequestHead;
import io.gantry.apiserver.http.Response;
import java.util.Optional;

/// Tells browsers beside every answer which pages of other origins may see it (CORS), and that this server is asked
/// over TLS alone (HSTS). Browsers ask before they ask: that is answered here, to anybody. Upstream `WithCORS`,
/// `WithHSTS`.
final class BrowserHandler implements Handler {
    private static final String HSTS = "strict-transport-security";
    private static final Headers TO_PAGES = Headers.of(
            "access-control-allow-methods",
            "POST, GET, OPTIONS, PUT, DELETE, PATCH",
            "access-control-allow-headers",
            "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, Authorization, X-Requested-With,"
                    + " If-Modified-Since",
            "access-control-expose-headers",
            "Date",
            "access-control-allow-credentials",
            "true");

    private final Handler handler;
    private final BrowserFlags flags;
    private final String strictTransport;

    private BrowserHandler(Handler handler, BrowserFlags flags) {
        this.handler = handler;
        this.flags = flags;
        strictTransport = String.join("; ", flags.strictTransport());
    }

    /// The handler itself where there is nothing to tell.
    static Handler around(Handler handler, BrowserFlags flags) {
        return flags.equals(BrowserFlags.NONE) ? handler : new BrowserHandler(handler, flags);
    }

    @Override
    public Answer begin(Request request) {
        Optional<Headers> page = page(request.head());
        if (page.isPresent() && request.head().method().equals("OPTIONS")) {
            return Answer.now(told(page, Response.empty(204, Headers.NONE)));
        }
        return switch (handler.begin(request)) {
            case Answer.Now now -> Answer.now(told(page, now.response()));
            case Answer.Later later -> later.with(() -> told(page, later.work().call()));
        };
    }

    @Override
    public Response failed(Request request, Exception failure) {
        return told(page(request.head()), handler.failed(request, failure));
    }

    /// What a page of an allowed origin is told.
    private Optional<Headers> page(RequestHead head) {
        return head.header("origin")
                .filter(origin -> flags.origins().stream()
                        .anyMatch(allowed -> allowed.matcher(origin).find()))
                .map(origin -> TO_PAGES.with("access-control-allow-origin", origin));
    }

    private Response told(Optional<Headers> page, Response response) {
        Response told = page.map(response::withAll).orElse(response);
        return strictTransport.isEmpty() || told.headers().get(HSTS) != null ? told : told.with(HSTS, strictTransport);
    }
}
