package io.gantry.kubelet.server;

/// An answer that is not success.
final class HttpFailure extends Exception {
    private final int status;

    HttpFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
