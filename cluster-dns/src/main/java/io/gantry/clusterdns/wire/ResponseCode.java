package io.gantry.clusterdns.wire;

/// The outcome of a query (RFC 1035, 6891).
public enum ResponseCode {
    NOERROR(0),
    FORMERR(1),
    SERVFAIL(2),
    NXDOMAIN(3),
    NOTIMP(4),
    REFUSED(5),
    BADVERS(16);

    private final int number;

    ResponseCode(int number) {
        this.number = number;
    }

    /// The number; those above 15 need EDNS.
    public int number() {
        return number;
    }
}
