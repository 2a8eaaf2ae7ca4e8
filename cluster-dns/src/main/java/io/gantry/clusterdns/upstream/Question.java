package io.gantry.clusterdns.upstream;

import io.gantry.clusterdns.wire.MessageReader;

/// The question section of a message with one question.
final class Question {
    private Question() {}

    /// Where it ends; -1 when the message is cut short or the name is compressed.
    static int end(byte[] message) {
        int at = MessageReader.HEADER_BYTES;
        while (at < message.length) {
            int length = message[at] & 0xFF;
            if (length > 63) {
                return -1;
            }
            at += length + 1;
            if (length == 0) {
                return at + 4 <= message.length ? at + 4 : -1;
            }
        }
        return -1;
    }

    /// Whether both ask the same, letter case aside.
    static boolean same(byte[] a, byte[] b) {
        int end = end(a);
        if (end < 0 || end != end(b)) {
            return false;
        }
        for (int i = MessageReader.HEADER_BYTES; i < end; i++) {
            if (lower(a[i]) != lower(b[i])) {
                return false;
            }
        }
        return true;
    }

    static int lower(byte one) {
        return one >= 'A' && one <= 'Z' ? one + 32 : one;
    }
}
