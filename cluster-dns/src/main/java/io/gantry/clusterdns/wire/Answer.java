package io.gantry.clusterdns.wire;

import java.util.List;

/// What is said to a query.
public record Answer(
        ResponseCode code, List<DnsRecord> answers, List<DnsRecord> authority, List<DnsRecord> additional) {
    public Answer {
        answers = List.copyOf(answers);
        authority = List.copyOf(authority);
        additional = List.copyOf(additional);
    }

    public static Answer of(List<DnsRecord> answers, List<DnsRecord> additional) {
        return new Answer(ResponseCode.NOERROR, answers, List.of(), additional);
    }

    /// The name exists but not with this type, or (NXDOMAIN) does not exist.
    public static Answer negative(ResponseCode code, DnsRecord soa) {
        return new Answer(code, List.of(), List.of(soa), List.of());
    }

    public static Answer failure(ResponseCode code) {
        return new Answer(code, List.of(), List.of(), List.of());
    }
}
