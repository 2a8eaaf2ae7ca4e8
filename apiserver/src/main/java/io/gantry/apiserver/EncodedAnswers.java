package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.negotiation.YamlWriter;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.api.protobuf.ProtobufEncoder;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.negotiation.Accept;
import io.gantry.apiserver.negotiation.Form;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Encodes answers for clients that asked for protobuf or YAML, at the end of a request's way: until here they are
/// JSON.
/// Watches encode their own events.
final class EncodedAnswers {
    /// Larger bodies are lists, which begin with their kind and need not be in one piece.
    private static final int SMALL_BYTES = 64 * 1024;

    private static final String YAML = Form.Encoding.YAML.contentType();
    private static final Set<String> OTHERS = Set.of(ProtobufDecoder.CONTENT_TYPE, YAML);

    private final Supplier<ProtobufEncoder> encoder;

    /// @param encoder made at its first use
    EncodedAnswers(Supplier<ProtobufEncoder> encoder) {
        this.encoder = encoder;
    }

    /// Keeps the encoding off the event loop.
    Answer encoded(Answer answer) {
        return switch (answer) {
            case Answer.Now now when wanted(now.response()) -> Answer.later(() -> encoded(now.response()));
            case Answer.Now now -> now;
            case Answer.Later later -> later.with(() -> encoded(later.work().call()));
        };
    }

    private Response encoded(Response response) {
        return response instanceof Response.Whole whole && wanted(whole) ? encode(whole) : response;
    }

    /// JSON that is marked as something else; what a backend behind the server encoded is left alone.
    private static boolean wanted(Response response) {
        return response instanceof Response.Whole whole
                && OTHERS.contains(String.valueOf(whole.headers().get("content-type")))
                && whole.body().isReadable()
                && whole.body().getByte(whole.body().readerIndex()) == '{';
    }

    private Response.Whole encode(Response.Whole json) {
        ByteBuf body = json.body();
        boolean yaml = YAML.equals(json.headers().get("content-type"));
        try {
            byte[] bytes = yaml
                    ? YamlWriter.write(Json.MAPPER.readTree(ByteBufUtil.getBytes(body)))
                    : body.readableBytes() > SMALL_BYTES
                            ? encoder.get().encode(new ByteBufInputStream(body.duplicate()))
                            : encoder.get().encode(ByteBufUtil.getBytes(body));
            return new Response.Whole(json.status(), json.headers(), Unpooled.wrappedBuffer(bytes));
        } finally {
            body.release();
        }
    }

    /// A failure in the form that the client likes best.
    Response failed(Request request, Response failure) {
        Optional<String> wanted =
                Accept.parse(request.head().header("accept").orElse("")).prefersOther();
        if (wanted.isEmpty() || !(failure instanceof Response.Whole whole)) {
            return failure;
        }
        return encode(new Response.Whole(
                whole.status(), whole.headers().replaced("content-type", wanted.get()), whole.body()));
    }
}
