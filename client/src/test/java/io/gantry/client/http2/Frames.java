package io.gantry.client.http2;

/// Numbers of HTTP/2's frames (RFC 9113, section 6).
final class Frames {
    static final int HEAD_BYTES = 9;

    /// What a frame holds at most where nothing else was agreed.
    static final int DEFAULT_MAX_BYTES = 16_384;

    static final int DEFAULT_WINDOW = 65_535;

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITY = 0x20;

    static final int HEADER_TABLE_SIZE = 1;
    static final int ENABLE_PUSH = 2;
    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;
    static final int MAX_FRAME_SIZE = 5;

    static final int NO_ERROR = 0;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;

    private Frames() {}
}
