package io.gantry.ingress.proxy;

import io.gantry.ingress.endpoint.Backend;
import io.gantry.ingress.route.Route;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection over HTTP/1.1, a request after the other; or one stream over HTTP/2, which has one request.
/// Used on its event loop.
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final int CLIENT_CLOSED_REQUEST = 499; // nginx' own code

    private final Traffic traffic;
    private final EndpointPool pool;
    private final Arrival arrival;
    private final Channel channel;
    private final Deadline reading;
    private final Account account;
    private final AnswerWriter answers;
    private final Farewell farewell;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private boolean started;
    private boolean requestOpen;
    private boolean keepAlive = true;
    private boolean draining;

    ClientConnection(Traffic traffic, EndpointPool pool, Arrival arrival, Channel channel) {
        this.traffic = traffic;
        this.pool = pool;
        this.arrival = arrival;
        this.channel = channel;
        this.account = new Account(traffic, arrival);
        this.answers = new AnswerWriter(channel, arrival, account);
        this.farewell = new Farewell(channel, this::read);
        this.reading = new Deadline(channel.eventLoop(), this::tooSlow);
    }

    Traffic traffic() {
        return traffic;
    }

    Arrival arrival() {
        return arrival;
    }

    AnswerWriter answers() {
        return answers;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (channel.isActive()) {
            start();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        start();
    }

    private void start() {
        if (!started) {
            started = true;
            reading.in(ProxyLimits.HEAD);
            read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        if (farewell.isBegun()) {
            boolean end = message instanceof LastHttpContent;
            ReferenceCountUtil.release(message);
            farewell.forgot(end);
            return;
        }
        if (!channel.isActive() || !(message instanceof HttpObject object)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (object.decoderResult().isFailure()) {
            Throwable cause = object.decoderResult().cause();
            ReferenceCountUtil.release(message);
            malformed(cause);
            return;
        }
        if (message instanceof HttpRequest request) {
            begin(request);
        }
        if (message instanceof HttpContent piece) {
            body(piece);
        }
    }

    private void body(HttpContent piece) {
        if (piece instanceof LastHttpContent) {
            requestOpen = false;
            reading.clear();
        }
        if (exchange != null) {
            exchange.requested(piece);
            return;
        }
        ReferenceCountUtil.release(piece);
        if (farewell.isBegun()) {
            farewell.forgot(!requestOpen);
        } else {
            nextRequest();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        if (exchange != null) {
            exchange.requestedAll();
        }
    }

    private void malformed(Throwable cause) {
        LOG.debug("request of {}", arrival.client(), cause);
        keepAlive = false;
        requestOpen = true; // nobody knows where it ends
        Refusal refusal = Refusal.malformed(cause);
        if (exchange == null) {
            account.begin();
            answers.refuse(refusal, Optional.empty(), false, false);
            account.closeUnrouted();
            leave();
        } else if (!account.isAnswered()) {
            exchange.refuse(refusal);
        } else {
            exchange.abandon();
            abort();
        }
    }

    private void begin(HttpRequest request) {
        account.begin();
        requestOpen = true;
        Optional<Refusal> refusal = RequestCheck.refusal(request);
        Optional<RequestFacts> known =
                refusal.isPresent() ? Optional.empty() : RequestFacts.of(request, arrival.stream());
        if (known.isEmpty()) {
            keepAlive = false;
            boolean head = request.method().equals(HttpMethod.HEAD);
            answers.requested(head);
            unrouted(refusal.orElse(Refusal.bad("malformed request target")), Optional.empty(), head);
            return;
        }
        RequestFacts facts = known.get();
        keepAlive = facts.keepAlive() && !draining;
        answers.requested(facts.isHead());
        route(request, facts);
        if (exchange != null && !facts.hasBody()) {
            read(); // its end, which is there already
        }
    }

    private void route(HttpRequest request, RequestFacts facts) {
        switch (Direction.of(traffic.routes().get(), facts, arrival, traffic.httpsPort())) {
            case Direction.Nowhere _ -> {
                keepAlive &= facts.isShort();
                unrouted(Refusal.NO_ROUTE, Optional.empty(), facts.isHead());
            }
            case Direction.Redirect(HttpResponseStatus status, String location) -> redirect(status, location, facts);
            case Direction.Forward(Route route, String target) -> forward(request, facts, route, target);
        }
    }

    private void forward(HttpRequest request, RequestFacts facts, Route route, String target) {
        Backend backend = traffic.backends().get(route.backend());
        exchange = new Exchange(
                this,
                pool,
                route,
                facts,
                Heads.request(request, facts, arrival, target),
                backend.turn(ProxyLimits.TRIES));
        reading.clear();
        exchange.start();
    }

    private void redirect(HttpResponseStatus status, String location, RequestFacts facts) {
        keepAlive &= facts.isShort();
        unrouted(new Refusal(status, "see " + location), Optional.of(location), facts.isHead());
    }

    /// Answers what no endpoint is asked for.
    private void unrouted(Refusal refusal, Optional<String> location, boolean head) {
        answers.refuse(refusal, location, head, keepAlive);
        account.closeUnrouted();
        if (!keepAlive) {
            leave();
        } else {
            read(); // the rest of it
        }
    }

    /// Answers for an exchange that failed.
    void refuse(Refusal refusal) {
        Exchange failed = exchange;
        if (failed == null) {
            return;
        }
        if (requestOpen && failed.facts().hasBody()) {
            keepAlive = false;
        }
        answers.refuse(refusal, Optional.empty(), failed.facts().isHead(), keepAlive);
        ended();
    }

    /// @param endsByItself whether the connection may stay after it
    void beginAnswer(HttpResponse head, RequestFacts facts, boolean endsByItself) {
        if ((!endsByItself && !arrival.stream()) || (requestOpen && facts.hasBody())) {
            keepAlive = false;
        }
        answers.begin(head, facts.old(), keepAlive);
    }

    /// More of the request's body is wanted.
    void readBody() {
        reading.in(ProxyLimits.BODY);
        read();
    }

    /// It is the endpoint's turn.
    void readNoBody() {
        reading.clear();
    }

    /// The answer is out.
    void answered() {
        ended();
    }

    private void ended() {
        Exchange last = exchange;
        exchange = null;
        answers.taken();
        if (last != null) {
            account.close(last);
        }
        if (!keepAlive) {
            leave();
        } else if (requestOpen) {
            read(); // its end, which is there already
        } else {
            nextRequest();
        }
    }

    private void nextRequest() {
        if (arrival.stream()) {
            return; // it ends with its answer
        }
        if (draining) {
            leave();
            return;
        }
        reading.in(ProxyLimits.KEEP_ALIVE);
        read();
    }

    private void leave() {
        reading.stop();
        farewell.begin(requestOpen);
    }

    /// The answer is broken off.
    void abort() {
        Exchange last = exchange;
        exchange = null;
        if (last != null) {
            account.close(last);
        }
        channel.close();
    }

    /// The client's side of a tunnel.
    void become(EndpointConnection to, Duration limit) {
        Exchange last = exchange;
        exchange = null;
        account.answered(HttpResponseStatus.SWITCHING_PROTOCOLS.code());
        if (last != null) {
            account.close(last);
        }
        answers.write(LastHttpContent.EMPTY_LAST_CONTENT);
        answers.flush();
        reading.stop();
        answers.stop();
        Tunnel.dig(this, channel, to, limit);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (channel.isWritable()) {
            answers.taken();
            if (exchange != null) {
                exchange.clientWritable();
            }
        }
    }

    private void tooSlow() {
        if (exchange != null) {
            keepAlive = false;
            exchange.bodyTooSlow();
        } else {
            channel.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) {
        if (event == Drain.NOW) {
            draining = true;
            keepAlive = false;
            if (exchange == null && !requestOpen) {
                channel.close();
            }
        } else {
            from.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        Exchange last = exchange;
        exchange = null;
        if (last != null) {
            last.abandon();
            account.answered(CLIENT_CLOSED_REQUEST);
            account.close(last);
        }
        from.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        LOG.debug("connection of {}", arrival.client(), cause);
        channel.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext from) {
        reading.stop();
        answers.stop();
    }

    private void read() {
        if (context != null) {
            context.read();
        }
    }
}
