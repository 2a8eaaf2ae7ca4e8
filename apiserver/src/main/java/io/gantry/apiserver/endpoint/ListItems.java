package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.http.Pieces;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.projection.ManagedFieldsSpan;
import io.gantry.apiserver.registry.ServedResource;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The objects' own arrays one after the other: nothing is copied. Items of built-in kinds do not say their kind and
/// version, which the list has said (upstream's typed lists); Go clients hold such an item and one from a watch for
/// equal. Custom resources do. For one thread.
final class ListItems {
    private static final byte[] NEXT = {','};
    private static final byte[] NEXT_OPEN = {',', '{'};
    private static final byte[] OPEN = {'{'};
    private static final byte[] END = {']', '}', '\n'};
    private static final byte[] NOTHING = {};

    private final Form form;
    private final byte[] kind;
    private final Pieces pieces;
    private boolean first = true;

    ListItems(ServedResource resource, Form form, int count) {
        this.form = form;
        this.kind = resource.custom() ? NOTHING : kind(resource);
        this.pieces = new Pieces(count * (form.managedFields() ? 2 : 3) + 2);
    }

    /// How stored objects of the resource begin.
    private static byte[] kind(ServedResource resource) {
        return ("{\"kind\":\"" + resource.kind() + "\",\"apiVersion\":\"" + resource.apiVersion() + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }

    /// What stands before the first item.
    void head(String text) {
        pieces.add(text.getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] object) {
        boolean saysKind = kind.length > 0
                && object.length > kind.length
                && Arrays.equals(object, 0, kind.length, kind, 0, kind.length);
        if (saysKind) {
            pieces.add(first ? OPEN : NEXT_OPEN);
        } else if (!first) {
            pieces.add(NEXT);
        }
        first = false;
        int from = saysKind ? kind.length : 0;
        ManagedFieldsSpan cut = form.managedFields() ? ManagedFieldsSpan.NONE : ManagedFieldsSpan.of(object);
        if (cut.isEmpty()) {
            pieces.add(object, from, object.length);
        } else {
            pieces.add(object, from, cut.start());
            pieces.add(object, cut.end(), object.length);
        }
    }

    /// The whole list; the last call.
    ByteBuf end() {
        pieces.add(END);
        return pieces.buffer();
    }
}
