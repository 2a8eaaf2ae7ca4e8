package io.gantry.ingress.proxy;

import io.gantry.ingress.endpoint.Backend;
import io.gantry.ingress.route.Route;
import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer, between a client and an endpoint. Reads from each side only what the other takes. Used
/// on the event loop of both.
final class Exchange implements EndpointConnection.User {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final ClientConnection client;
    private final AnswerWriter answers;
    private final EndpointPool pool;
    private final Route route;
    private final RequestFacts facts;
    private final HttpRequest head;
    private final Backend.Turn turn;
    private @Nullable EndpointConnection connection;
    private boolean triedAgain;
    private boolean requestDone;
    private boolean answering;
    private boolean reusable;
    private boolean upgrading;
    private boolean over;
    private long received;

    /// @param head as the endpoint gets it
    Exchange(
            ClientConnection client,
            EndpointPool pool,
            Route route,
            RequestFacts facts,
            HttpRequest head,
            Backend.Turn turn) {
        this.client = client;
        this.answers = client.answers();
        this.pool = pool;
        this.route = route;
        this.facts = facts;
        this.head = head;
        this.turn = turn;
    }

    Route route() {
        return route;
    }

    RequestFacts facts() {
        return facts;
    }

    void start() {
        long limit = route.options().bodyLimitBytes();
        if (limit > 0 && facts.length() > limit) {
            refuse(Refusal.TOO_LARGE);
        } else if (!turn.hasNext()) {
            refuse(Refusal.NO_ENDPOINT);
        } else {
            next();
        }
    }

    private void next() {
        EndpointPool.Key key = new EndpointPool.Key(turn.next(), route.options().backendTls());
        Duration longest = facts.isRepeatable() ? ProxyLimits.IDLE : ProxyLimits.SURELY_OPEN;
        pool.take(key, longest).ifPresentOrElse(this::use, () -> connect(key));
    }

    private void connect(EndpointPool.Key key) {
        pool.connect(key, route.options().connectTimeout(), outcome -> {
            switch (outcome) {
                case EndpointPool.Outcome.Made made when over -> pool.release(made.connection());
                case EndpointPool.Outcome.Made made -> use(made.connection());
                case EndpointPool.Outcome.Failed failed -> notConnected(key.address(), failed.cause());
            }
        });
    }

    /// Nothing of the request was sent yet: another endpoint may have it.
    private void notConnected(InetSocketAddress address, Throwable cause) {
        LOG.debug("connecting to {}", address, cause);
        if (over) {
            return;
        }
        if (turn.hasNext()) {
            client.traffic().metrics().retried(route.ingress());
            next();
        } else {
            refuse(cause instanceof ConnectTimeoutException ? Refusal.CONNECT_TIMEOUT : Refusal.NOT_CONNECTED);
        }
    }

    private void use(EndpointConnection made) {
        connection = made;
        made.give(this);
        // An endpoint may answer before it has all.
        made.channel().read();
        if (facts.hasBody()) {
            made.write(head);
            made.flush();
            if (facts.expectsContinue()) {
                answers.goOn();
            }
            client.readBody();
        } else {
            made.write(new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    head.method(),
                    head.uri(),
                    Unpooled.EMPTY_BUFFER,
                    head.headers(),
                    DefaultHttpHeadersFactory.trailersFactory().newEmptyHeaders()));
            made.within(route.options().readTimeout());
            made.flush();
        }
    }

    /// A piece of the request's body; takes it over.
    void requested(HttpContent piece) {
        boolean last = piece instanceof LastHttpContent;
        requestDone |= last;
        EndpointConnection to = connection;
        if (over || to == null || !facts.hasBody()) {
            ReferenceCountUtil.release(piece);
            return;
        }
        received += piece.content().readableBytes();
        long limit = route.options().bodyLimitBytes();
        if (limit > 0 && received > limit) {
            ReferenceCountUtil.release(piece);
            refuse(Refusal.TOO_LARGE);
            return;
        }
        to.write(piece);
        if (last) {
            to.flush();
            to.within(route.options().readTimeout());
        } else if (to.isWritable()) {
            client.readBody();
        } else {
            to.flush();
            if (to.isWritable()) {
                client.readBody();
            } else {
                client.readNoBody();
                to.within(ProxyLimits.SEND);
            }
        }
    }

    /// What was read of the client is handed on.
    void requestedAll() {
        if (connection != null && facts.hasBody() && !over) {
            connection.flush();
        }
    }

    @Override
    public void writable() {
        EndpointConnection to = connection;
        if (to != null && facts.hasBody() && !requestDone) {
            to.withoutLimit();
            client.readBody();
        }
    }

    @Override
    public void answered(HttpResponse answer) {
        EndpointConnection from = connected();
        if (answer.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS) && facts.upgrades()) {
            upgrading = true;
            answering = true;
            answers.write(Heads.upgraded(answer));
            from.read(route.options().readTimeout());
            return;
        }
        if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            from.read(route.options().readTimeout());
            return;
        }
        answering = true;
        reusable = HttpUtil.isKeepAlive(answer);
        HttpResponse made = Heads.response(answer, facts, client.arrival());
        client.beginAnswer(made, facts, Heads.endsByItself(made, facts));
        from.read(route.options().readTimeout());
    }

    @Override
    public void answered(HttpContent piece) {
        EndpointConnection from = connected();
        if (!answering) { // of an answer that only informs
            ReferenceCountUtil.release(piece);
            from.channel().read();
            return;
        }
        boolean last = piece instanceof LastHttpContent;
        if (last && upgrading) {
            ReferenceCountUtil.release(piece);
            tunnel(from);
            return;
        }
        answers.write(piece);
        if (last) {
            finish(from);
        } else if (answers.isWritable()) {
            from.read(route.options().readTimeout());
        } else {
            answers.flush();
            if (answers.isWritable()) {
                from.read(route.options().readTimeout());
            } else {
                from.withoutLimit();
                answers.mustTake();
            }
        }
    }

    @Override
    public void readComplete() {
        if (!over) {
            answers.flush();
        }
    }

    /// The client took what waited for it.
    void clientWritable() {
        if (answering && connection != null && !over) {
            connection.read(route.options().readTimeout());
        }
    }

    private void finish(EndpointConnection from) {
        over = true;
        connection = null;
        if (reusable && requestDone) {
            pool.release(from);
        } else {
            from.drop();
        }
        answers.flush();
        client.answered();
    }

    private void tunnel(EndpointConnection to) {
        over = true;
        connection = null;
        client.become(to, route.options().readTimeout());
    }

    @Override
    public void silent() {
        if (answering) {
            abort("was silent in the middle of an answer");
        } else {
            refuse(Refusal.SILENT);
        }
    }

    @Override
    public void broken(boolean malformed) {
        EndpointConnection from = connected();
        connection = null;
        if (over) {
            return;
        }
        if (answering) {
            abort("broke an answer off");
        } else if (malformed) {
            refuse(Refusal.NO_HTTP);
        } else if (facts.isRepeatable() && from.reused() && !triedAgain) {
            // It closed the connection, unused for a while, just as we took it.
            triedAgain = true;
            client.traffic().metrics().retried(route.ingress());
            connect(from.key());
        } else if (facts.isRepeatable() && turn.hasNext()) {
            client.traffic().metrics().retried(route.ingress());
            next();
        } else {
            refuse(Refusal.BROKEN);
        }
    }

    /// The body did not come in time.
    void bodyTooSlow() {
        if (answering) {
            abort("waits for a body that does not come");
        } else {
            refuse(Refusal.BODY_TOO_SLOW);
        }
    }

    /// The client is gone.
    void abandon() {
        over = true;
        if (connection != null) {
            connection.drop();
            connection = null;
        }
    }

    void refuse(Refusal refusal) {
        abandon();
        client.refuse(refusal);
    }

    /// The client must see that the answer is not whole.
    private void abort(String why) {
        LOG.debug("endpoint of {} {}", route.ingress(), why);
        abandon();
        client.abort();
    }

    private EndpointConnection connected() {
        if (connection == null) {
            throw new IllegalStateException("no connection");
        }
        return connection;
    }
}
