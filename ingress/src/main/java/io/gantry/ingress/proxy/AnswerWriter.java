package io.gantry.ingress.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/// Writes what a client is answered, noting it in the account, and sees that the client takes it. A connection has one,
/// for one answer after the other. Used on its event loop.
final class AnswerWriter {
    private final Channel channel;
    private final Arrival arrival;
    private final Account account;
    private final Deadline taking;

    AnswerWriter(Channel channel, Arrival arrival, Account account) {
        this.channel = channel;
        this.arrival = arrival;
        this.account = account;
        this.taking = new Deadline(channel.eventLoop(), () -> channel.close());
    }

    /// A request has come; an answer to a HEAD has no body, whatever its length.
    void requested(boolean head) {
        ResponseEncoder encoder = channel.pipeline().get(ResponseEncoder.class);
        if (encoder != null) {
            encoder.answers(head);
        }
    }

    /// Answers what no endpoint answers, whole and at once.
    ///
    /// @param location where the client is sent instead
    /// @param head whether it answers a HEAD
    /// @param stays whether the connection stays after it
    void refuse(Refusal refusal, Optional<String> location, boolean head, boolean stays) {
        FullHttpResponse response = refusal.response(location, !(arrival.stream() && head));
        account.answered(refusal.status().code());
        if (!stays && !arrival.stream()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        write(response);
        flush();
    }

    /// The client may send the body that it has announced.
    void goOn() {
        write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        flush();
    }

    /// Begins an endpoint's answer.
    ///
    /// @param old whether the client speaks HTTP/1.0, and is to be told that the connection stays
    /// @param stays whether the connection stays after it
    void begin(HttpResponse head, boolean old, boolean stays) {
        account.answered(head.status().code());
        if (!arrival.stream()) {
            if (!stays) {
                head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else if (old) {
                head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            }
        }
        write(head);
    }

    void write(HttpObject message) {
        channel.write(message, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /// The client must take what waits for it, within [ProxyLimits#SEND].
    void mustTake() {
        taking.in(ProxyLimits.SEND);
    }

    /// Nothing waits for the client.
    void taken() {
        taking.clear();
    }

    /// For good.
    void stop() {
        taking.stop();
    }
}
