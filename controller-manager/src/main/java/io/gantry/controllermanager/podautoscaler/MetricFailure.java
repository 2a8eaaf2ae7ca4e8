package io.gantry.controllermanager.podautoscaler;

/// No size can be told from a metric; the message is for conditions and events, in upstream's words.
final class MetricFailure extends Exception {
    private static final long serialVersionUID = 1L;

    MetricFailure(String message) {
        super(message);
    }

    String words() {
        return String.valueOf(getMessage());
    }

    /// The same with what was tried before it.
    MetricFailure in(String attempt) {
        return new MetricFailure(attempt + ": " + words());
    }
}
