package io.gantry.kubeproxy.conntrack;

import java.util.Arrays;
import java.util.Objects;

/// A UDP flow over IPv4 that the kernel translates, as its table of connections has it.
///
/// @param destination where its first packet was sent, dotted
/// @param port the port it was sent to
/// @param answeredBy the address that answers to it: an endpoint's where it was translated
/// @param answerPort the port that answers
/// @param key what names the flow to the kernel: attributes as the kernel wrote them
public record Flow(String destination, int port, String answeredBy, int answerPort, byte[] key) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Flow flow
                && destination.equals(flow.destination)
                && port == flow.port
                && answeredBy.equals(flow.answeredBy)
                && answerPort == flow.answerPort
                && Arrays.equals(key, flow.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(destination, port, answeredBy, answerPort, Arrays.hashCode(key));
    }
}
