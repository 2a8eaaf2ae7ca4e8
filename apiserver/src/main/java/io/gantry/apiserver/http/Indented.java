package io.gantry.apiserver.http;

import io.gantry.api.json.GoBooleans;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.List;

/// JSON for people: indented for `curl`, `wget` and browsers, and for whoever asks with `pretty`, as upstream does
/// (`negotiation.isPrettyPrint`). Scripts look for `"allowed": true` in it.
public final class Indented {
    private static final List<String> PEOPLE = List.of("curl", "Wget", "Mozilla/5.0");

    /// Larger bodies go out as they are.
    private static final int LIMIT_BYTES = 4 * 1024 * 1024;

    private Indented() {}

    static Response of(Request request, Response response) {
        if (!(response instanceof Response.Whole whole)
                || whole.body().readableBytes() > LIMIT_BYTES
                || !Response.JSON.equals(whole.headers().get("content-type"))
                || !wanted(request.head())) {
            return response;
        }
        ByteBuf body = whole.body();
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        body.release();
        return new Response.Whole(whole.status(), whole.headers(), Unpooled.wrappedBuffer(indent(bytes)));
    }

    private static boolean wanted(RequestHead head) {
        if (head.path().startsWith("/openapi")) {
            return false;
        }
        String pretty = head.query().first("pretty").orElse("");
        if (!pretty.isEmpty()) {
            return GoBooleans.isTrue(pretty);
        }
        String agent = head.header("user-agent").orElse("");
        return PEOPLE.stream().anyMatch(agent::startsWith);
    }

    /// Two spaces a level, one after a colon, empty objects and arrays in one piece.
    public static byte[] indent(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length * 2);
        int depth = 0;
        boolean text = false;
        byte last = 0;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (text) {
                out.write(b);
                if (b == '\\') {
                    out.write(json[++i]);
                } else if (b == '"') {
                    text = false;
                }
                last = 0;
                continue;
            }
            if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                continue;
            }
            boolean closes = b == '}' || b == ']';
            if (closes) {
                depth--;
            }
            boolean opened = last == '{' || last == '[';
            if (opened != closes || last == ',') {
                line(out, depth);
            }
            if (last == ':') {
                out.write(' ');
            }
            out.write(b);
            text = b == '"';
            if (b == '{' || b == '[') {
                depth++;
            }
            last = text ? 0 : b;
        }
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, int depth) {
        out.write('\n');
        for (int i = 0; i < depth; i++) {
            out.write(' ');
            out.write(' ');
        }
    }
}
