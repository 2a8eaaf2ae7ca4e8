package io.gantry.api.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;

/// What stands around every object on the wire: four magic bytes and `runtime.Unknown`.
///
/// @param apiVersion `v1` or `group/version`, empty when the sender gave none
/// @param kind in CamelCase, empty when the sender gave none
/// @param raw the object's own bytes
/// @param contentEncoding empty: nothing else is supported
/// @param contentType of `raw`: empty for protobuf
record Envelope(String apiVersion, String kind, byte[] raw, String contentEncoding, String contentType) {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    static Envelope read(byte[] body) throws IOException {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new MalformedMessage("the body does not begin with the protobuf prefix of Kubernetes");
        }
        CodedInputStream in = CodedInputStream.newInstance(body, MAGIC.length, body.length - MAGIC.length);
        String[] type = {"", ""};
        byte[] raw = {};
        String encoding = "";
        String contentType = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            if (number < 1 || number > 4) {
                in.skipField(tag);
                continue;
            }
            MessageReader.expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, WireFormat.getTagWireType(tag));
            switch (number) {
                case 1 -> type = typeMeta(in);
                case 2 -> raw = in.readByteArray();
                case 3 -> encoding = in.readStringRequireUtf8();
                default -> contentType = in.readStringRequireUtf8();
            }
        }
        return new Envelope(type[0], type[1], raw, encoding, contentType);
    }

    private static String[] typeMeta(CodedInputStream in) throws IOException {
        String[] type = {"", ""};
        int limit = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            if (number == 1 || number == 2) {
                MessageReader.expect(WireFormat.WIRETYPE_LENGTH_DELIMITED, WireFormat.getTagWireType(tag));
                type[number - 1] = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        in.popLimit(limit);
        return type;
    }
}
