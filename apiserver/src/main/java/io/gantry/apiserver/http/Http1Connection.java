package io.gantry.apiserver.http;

import io.gantry.api.StatusException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/1.1 connection: a request at a time, keep-alive, pipelined requests wait. Runs on the event loop.
@SuppressWarnings("ArrayRecordComponent")
final class Http1Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);
    private static final byte[] EMPTY = new byte[0];

    private final Dispatcher dispatcher;
    private final Optional<X509Certificate[]> certificates;
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();
    private @Nullable ConnectionWatch watch;
    private @Nullable HttpRequest head;
    private @Nullable ByteArrayOutputStream body;
    private boolean busy;
    private boolean draining;
    private boolean refused;
    private boolean refusalSent;
    private boolean nothingFollows;
    private int reserved;
    private @Nullable Http1Exchange exchange;

    Http1Connection(Dispatcher dispatcher, Optional<X509Certificate[]> certificates) {
        this.dispatcher = dispatcher;
        this.certificates = certificates;
    }

    LargeBodies large() {
        return dispatcher.large();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        watch = new ConnectionWatch(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        HttpObject object = (HttpObject) message;
        if (busy) {
            waiting.add(object);
            if (waiting.size() > HttpLimits.PIPELINED_MESSAGES) {
                context.channel().config().setAutoRead(false);
            }
            return;
        }
        accept(context, object);
    }

    private void accept(ChannelHandlerContext context, HttpObject object) {
        try {
            if (refused) {
                return;
            }
            if (object.decoderResult().isFailure()) {
                refuse(context, malformed(object.decoderResult().cause()));
                return;
            }
            if (object instanceof HttpRequest request) {
                begin(context, request);
            }
            if (object instanceof HttpContent content && !refused) {
                append(context, content.content());
            }
            if (object instanceof LastHttpContent && !refused) {
                complete(context);
            }
        } finally {
            // After what is no HTTP anything may follow, whatever the decoder makes of its end.
            if (refused
                    && object instanceof LastHttpContent
                    && object.decoderResult().isSuccess()) {
                nothingFollows = true;
                leave(context);
            }
            ReferenceCountUtil.release(object);
        }
    }

    private static StatusException malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                StatusException.of(414, "RequestURITooLong", "the request's line is too long", null);
            case TooLongHttpHeaderException _ ->
                StatusException.of(431, "RequestHeaderFieldsTooLarge", "the request's header is too large", null);
            default -> StatusException.badRequest("malformed HTTP request");
        };
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        head = request;
        body = null;
        connectionWatch().requestStarted(0);
        if (HttpUtil.getContentLength(request, 0L) > HttpLimits.BODY_BYTES) {
            refuse(context, tooLarge());
        } else if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void append(ChannelHandlerContext context, ByteBuf content) {
        int bytes = content.readableBytes();
        if (bytes == 0) {
            return;
        }
        if (body == null) {
            body = new ByteArrayOutputStream(Math.max(bytes, 512));
        }
        if (body.size() + bytes > HttpLimits.BODY_BYTES) {
            refuse(context, tooLarge());
            return;
        }
        if (!dispatcher.bodies().tryTake(bytes)) {
            refuse(context, Errors.noMemory());
            return;
        }
        reserved += bytes;
        try {
            content.readBytes(body, bytes);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private static StatusException tooLarge() {
        return StatusException.tooLarge("Request entity too large: limit is " + HttpLimits.BODY_BYTES);
    }

    private void refuse(ChannelHandlerContext context, StatusException why) {
        refused = true;
        body = null;
        giveBack();
        Http1Exchange last = new Http1Exchange(this, context, false, false);
        last.send(Errors.status(why));
    }

    /// Who still sends must read the refusal first: the kernel throws away what was sent when a connection is closed
    /// that has bytes nobody took. So these are taken, for a while.
    private void leave(ChannelHandlerContext context) {
        if (refusalSent && nothingFollows) {
            context.close();
        } else if (refusalSent) {
            context.executor().schedule(() -> context.close(), HttpLimits.REFUSED.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void giveBack() {
        if (reserved > 0) {
            dispatcher.bodies().give(reserved);
            reserved = 0;
        }
    }

    private void complete(ChannelHandlerContext context) {
        HttpRequest request = head;
        if (request == null) {
            return;
        }
        head = null;
        byte[] bytes = body == null ? EMPTY : body.toByteArray();
        body = null;
        busy = true;
        connectionWatch().requestComplete(0);
        Headers.Builder headers = new Headers.Builder();
        for (Map.Entry<String, String> header : request.headers()) {
            headers.add(header.getKey(), header.getValue());
        }
        RequestHead requestHead =
                RequestHead.of(request.method().name(), request.uri(), headers.build(), (InetSocketAddress)
                        context.channel().remoteAddress());
        exchange = new Http1Exchange(
                this,
                context,
                HttpUtil.isKeepAlive(request) && !draining,
                request.method().name().equals("HEAD"));
        dispatcher.dispatch(new Request(requestHead, bytes, certificates, exchange), exchange);
    }

    /// The answer is out: take the next request.
    void responseDone(ChannelHandlerContext context, boolean keepAlive) {
        giveBack();
        connectionWatch().responseDone();
        exchange = null;
        if (refused) {
            refusalSent = true;
            leave(context);
            return;
        }
        if (!keepAlive || draining) {
            context.close();
            return;
        }
        busy = false;
        while (!busy && !waiting.isEmpty()) {
            accept(context, waiting.poll());
        }
        if (waiting.size() <= HttpLimits.PIPELINED_MESSAGES) {
            context.channel().config().setAutoRead(true);
        }
    }

    /// The connection leaves HTTP.
    void detach(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        giveBack();
        exchange = null;
        context.pipeline().remove(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        connectionWatch().stop();
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == Drain.NOW) {
            draining = true;
            if (!busy && head == null) {
                context.close();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connectionWatch().stop();
        giveBack();
        if (exchange != null) {
            exchange.peerLeft();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection of {} broke", context.channel().remoteAddress(), cause);
        context.close();
    }

    private ConnectionWatch connectionWatch() {
        if (watch == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return watch;
    }
}
