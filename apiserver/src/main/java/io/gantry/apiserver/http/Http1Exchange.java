package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/// The answer of one HTTP/1.1 request.
final class Http1Exchange extends HttpExchange {
    private final Http1Connection connection;
    private final boolean keepAlive;

    Http1Exchange(Http1Connection connection, ChannelHandlerContext context, boolean keepAlive, boolean headOnly) {
        super(context, headOnly);
        this.connection = connection;
        this.keepAlive = keepAlive;
    }

    @Override
    public void send(Response.Whole response) {
        onLoop(() -> {
            boolean last = !keepAlive || !context.channel().isActive();
            DefaultFullHttpResponse message = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), Unpooled.EMPTY_BUFFER);
            fill(message.headers(), response.headers());
            if (response.status() != 304 && response.status() != 204) {
                message.headers().set("content-length", response.body().readableBytes());
            }
            if (last) {
                message.headers().set("connection", "close");
            }
            if (!headOnly && LargeBodies.isLarge(response.body())) {
                context.write(new DefaultHttpResponse(message.protocolVersion(), message.status(), message.headers()));
                connection.large().send(context.executor(), response.body(), (bytes, end) -> slice(bytes, end, !last));
                return;
            }
            HttpResponse whole;
            if (headOnly) {
                response.body().release();
                whole = message;
            } else {
                connection.large().small();
                whole = message.replace(response.body());
            }
            context.writeAndFlush(whole).addListener(f -> done(!last && f.isSuccess()));
        });
    }

    private ChannelFuture slice(ByteBuf bytes, boolean last, boolean goesOn) {
        HttpContent content = last ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes);
        return context.writeAndFlush(content).addListener(f -> {
            if (last || !f.isSuccess()) {
                done(goesOn && f.isSuccess());
            }
        });
    }

    private void done(boolean goesOn) {
        pending.close();
        connection.responseDone(context, goesOn);
    }

    @Override
    public ResponseStream open(int status, Headers headers) {
        onLoop(() -> {
            DefaultHttpResponse message =
                    new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
            fill(message.headers(), headers);
            message.headers().remove("content-length");
            message.headers().set("transfer-encoding", "chunked");
            context.writeAndFlush(message);
            if (!context.channel().isActive()) {
                pending.close();
            }
        });
        return this;
    }

    @Override
    public boolean canUpgrade() {
        return true;
    }

    @Override
    public void upgrade(Response.Upgraded response) {
        onLoop(() -> {
            connection.detach(context);
            context.pipeline().remove(HttpServerCodec.class);
            response.source().accept(new RawConnection(context.channel()));
        });
    }

    private static void fill(HttpHeaders target, Headers source) {
        source.forEach(target::add);
    }

    @Override
    void writeOnLoop(ByteBuf bytes, int count) {
        context.writeAndFlush(new DefaultHttpContent(bytes)).addListener(f -> pending.done(count));
    }

    @Override
    public void soon(Runnable action) {
        context.executor().execute(action);
    }

    @Override
    public void end() {
        onLoop(() -> {
            if (!pending.isClosed()) {
                pending.close();
                context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                        .addListener(f -> connection.responseDone(context, keepAlive && f.isSuccess()));
            }
        });
    }

    @Override
    public void abort() {
        onLoop(context::close);
    }

    void peerLeft() {
        pending.close();
    }
}
