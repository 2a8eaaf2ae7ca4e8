package io.gantry.apiserver.http;

import io.gantry.api.StatusException;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings requests to the handler, on the event loop where it can answer at once, else on a virtual thread each, and
/// turns exceptions into Status answers.
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final String AUDIT_ID = "audit-id";

    private final Handler handler;
    private final RequestThreads threads;
    private final double goawayChance;
    private final MemoryBudget bodies = MemoryBudget.forBodies();
    private final LargeBodies large = new LargeBodies(System::nanoTime);

    Dispatcher(Handler handler, RequestThreads threads) {
        this(handler, threads, 0);
    }

    Dispatcher(Handler handler, RequestThreads threads, double goawayChance) {
        this.handler = handler;
        this.threads = threads;
        this.goawayChance = goawayChance;
    }

    /// Whether the client of this request shall connect anew.
    boolean sendsAway() {
        return goawayChance > 0 && ThreadLocalRandom.current().nextDouble() < goawayChance;
    }

    /// For the bodies of requests, from their first byte until they are answered.
    MemoryBudget bodies() {
        return bodies;
    }

    /// What sends large answers.
    LargeBodies large() {
        return large;
    }

    /// Called on the event loop.
    void dispatch(Request request, Exchange exchange) {
        Answer answer;
        try {
            answer = handler.begin(request);
        } catch (RuntimeException e) {
            answer = Answer.now(handler.failed(request, e));
        } catch (Error e) {
            answer = Answer.now(handler.failed(request, broken(e)));
        }
        switch (answer) {
            case Answer.Now now
            when !Gzip.wanted(request, now.response()) -> respond(exchange, Indented.of(request, now.response()));
            case Answer.Now now -> onThread(request, exchange, false, () -> now.response());
            case Answer.Later later -> onThread(request, exchange, later.brief(), later.work());
        }
    }

    private void onThread(Request request, Exchange exchange, boolean brief, Callable<Response> work) {
        try {
            threads.execute(
                    exchange.loop(),
                    brief,
                    () -> respond(exchange, compressed(request, Indented.of(request, run(request, work)))));
        } catch (RejectedExecutionException e) {
            respond(exchange, Errors.status(StatusException.unavailable("the server is shutting down")));
        }
    }

    private Response run(Request request, Callable<Response> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return handler.failed(request, e);
        } catch (Error e) {
            return handler.failed(request, broken(e));
        }
    }

    /// A client without an answer waits for ever, so an error (a class that cannot be loaded, a stack that is too deep)
    /// ends one request like any other bug.
    private static Exception broken(Error error) {
        return new IllegalStateException("a request ended in an error", error);
    }

    private Response compressed(Request request, Response response) {
        return response instanceof Response.Whole whole && Gzip.wanted(request, whole)
                ? Gzip.apply(whole, large)
                : response;
    }

    private void respond(Exchange exchange, Response response) {
        switch (response) {
            case Response.Whole whole ->
                exchange.send(whole.headers().get(AUDIT_ID) == null ? whole.with(AUDIT_ID, auditId()) : whole);
            case Response.Streamed streamed -> stream(exchange, streamed);
            case Response.Upgraded upgraded -> {
                if (exchange.canUpgrade()) {
                    exchange.upgrade(upgraded);
                } else {
                    exchange.send(Errors.status(StatusException.badRequest(
                            "Upgrade request required: this connection cannot leave HTTP/2")));
                }
            }
        }
    }

    private static String auditId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static void stream(Exchange exchange, Response.Streamed streamed) {
        ResponseStream stream = exchange.open(
                streamed.status(),
                streamed.headers().get(AUDIT_ID) == null
                        ? streamed.headers().with(AUDIT_ID, auditId())
                        : streamed.headers());
        try {
            streamed.source().accept(stream);
        } catch (RuntimeException e) {
            LOG.error("a streamed answer broke", e);
            stream.abort();
        }
    }
}
