package io.gantry.apiserver;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.endpoint.RequestInfo;
import io.gantry.apiserver.flowcontrol.Digest;
import io.gantry.apiserver.flowcontrol.FlowControl;
import io.gantry.apiserver.flowcontrol.Seat;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Handler;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Lets requests through as priority and fairness allow: at once where a seat is free, which never leaves the event
/// loop; later from a queue; or not at all (429). Requests that last as long as the client likes need no seat; a watch
/// has one while it begins.
record FlowGate(FlowControl control, Resources resources) {
    private static final Set<String> LONG_SUBRESOURCES = Set.of("attach", "exec", "proxy", "log", "portforward");
    private static final byte[] TOO_MANY =
            "Too many requests, please try again later.\n".getBytes(StandardCharsets.UTF_8);
    private static final Headers TOO_MANY_HEADERS = Headers.of(
            "content-type", "text/plain; charset=utf-8", "x-content-type-options", "nosniff", "retry-after", "1");

    /// @param handler makes answers of failures
    Answer pass(Handler handler, Request request, RequestInfo info, UserInfo user, Supplier<Answer> work) {
        if (isLong(info)) {
            return work.get();
        }
        return switch (control.ask(new Digest(user, info, request.head().path()), asked(request, info))) {
            case FlowControl.Standing.Seated(Seat seat) -> seated(handler, request, seat, work);
            case FlowControl.Standing.Queued queued ->
                Answer.later(() -> {
                    Optional<Seat> seat = queued.await();
                    return seat.isEmpty()
                            ? tooMany(queued.headers())
                            : seated(handler, request, seat.get(), work).await();
                });
        };
    }

    /// Whether a request lasts as long as the client likes; watches apart.
    static boolean isLong(RequestInfo info) {
        return LONG_SUBRESOURCES.contains(info.subresource()) || info.verb().equals("proxy");
    }

    private static Response tooMany(Headers flow) {
        return new Response.Whole(429, TOO_MANY_HEADERS.withAll(flow), Unpooled.wrappedBuffer(TOO_MANY));
    }

    private FlowControl.Ask asked(Request request, RequestInfo info) {
        boolean list = info.verb().equals("list")
                || info.verb().equals("watch") && request.query().flag("sendInitialEvents");
        if (!list || !info.resource()) {
            return FlowControl.Ask.ONE;
        }
        ServedResource resource = resources.find(info.group(), info.version(), info.plural());
        int stored = resource == null
                ? 0
                : resource.storage()
                        .filter(storage -> storage.cache().isLoaded())
                        .map(storage -> storage.cache().size())
                        .orElse(0);
        return FlowControl.Ask.ofList(stored, limit(request.query().text("limit")));
    }

    /// A limit that cannot be read is refused later.
    private static int limit(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return 0;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return 0;
            }
        }
        return Integer.parseInt(text);
    }

    private static Answer seated(Handler handler, Request request, Seat seat, Supplier<Answer> work) {
        Answer answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            answer = Answer.now(handler.failed(request, e));
        } catch (Error e) {
            seat.close();
            throw e;
        }
        return switch (answer) {
            case Answer.Now now -> {
                seat.close(request.ending());
                yield Answer.now(now.response().withAll(seat.headers()));
            }
            case Answer.Later later -> later.with(() -> worked(handler, request, seat, later));
        };
    }

    private static Response worked(Handler handler, Request request, Seat seat, Answer.Later later) {
        Response response;
        try {
            response = later.work().call();
        } catch (Exception e) {
            response = handler.failed(request, e);
        } catch (Error e) {
            seat.close();
            throw e;
        }
        seat.close(request.ending());
        return response.withAll(seat.headers());
    }
}
